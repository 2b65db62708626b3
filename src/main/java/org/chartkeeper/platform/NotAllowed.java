package org.chartkeeper.platform;

/** The actor lacks a permission: 403. */
public class NotAllowed extends RuntimeException {

    public NotAllowed(String message) {
        super(message);
    }
}
