package org.chartkeeper.access;

/** Asks again for the password before something that binds, such as a signature. */
public interface Reauthentication {

    /**
     * Whether this is the password of the person of the request. Wrong ones are throttled like those at sign-in and
     * recorded. In a transaction of its own, never inside one.
     *
     * @throws org.chartkeeper.platform.Rejected with a problem of field {@code password} where too many were wrong of
     *     late; whether this one is right is then not looked at
     */
    boolean confirm(String password);
}
