package org.chartkeeper.access;

/** What a person may change of the own account. */
public interface OwnAccount {

    /**
     * Changes the password; every other session of this person ends.
     *
     * @throws org.chartkeeper.platform.Rejected where the present one is wrong or the new one is not good enough
     */
    void changePassword(String present, String wanted, String again);
}
