package org.chartkeeper.access;

/** Asks again for the password before something that binds, such as a signature. */
public interface Reauthentication {

    /**
     * Whether this is the password of the person of the request. Wrong ones are throttled like those at sign-in and
     * recorded. In a transaction of its own, never inside one.
     */
    boolean confirm(String password);
}
