package org.chartkeeper.platform;

/** There is no such thing for this actor, hidden or never there: 404. The message is for the log and holds ids only. */
public class NotFound extends RuntimeException {

    public NotFound(String message) {
        super(message);
    }
}
