package org.chartkeeper.platform;

/** What was to be changed has changed since it was read: 409, with the conflict page where there is one. */
public class Stale extends RuntimeException {

    private final int basedOn;
    private final int current;

    public Stale(String what, int basedOn, int current) {
        super(what + " was read at version " + basedOn + " and stands at " + current);
        this.basedOn = basedOn;
        this.current = current;
    }

    public int basedOn() {
        return basedOn;
    }

    public int current() {
        return current;
    }
}
