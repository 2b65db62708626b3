package org.chartkeeper.access;

/** Asks who is signed in for the password again, before a signature and the like. */
public interface Reauthentication {

    /**
     * Confirms that the password is that of the person who is signed in. Writes its own audit event, in a transaction of
     * its own, so it is called before the transaction of what it protects.
     *
     * @throws org.chartkeeper.platform.Rejected with a problem of field {@code password} where it is not, or where too
     *     many were wrong of late
     */
    void confirm(String password);
}
