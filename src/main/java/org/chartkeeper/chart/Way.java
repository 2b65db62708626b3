package org.chartkeeper.chart;

/**
 * A way to change what stands, as a person chooses it at a page; each has its own form and its own mark. What kind of
 * version it writes is the writer's matter: a late entry is recognized by when it was stated.
 */
public enum Way {
    REVISION(
            "revision",
            "Revise",
            "Revision",
            "It is not signed yet: mend what was typed. Nothing is lost, the first text stays in the history."),
    UPDATE(
            "update",
            "Update",
            "Update",
            "The state moves on: a problem resolves, a drug is stopped. It does not say that the former was wrong."),
    ADDENDUM(
            "addendum",
            "Add an addendum",
            "Addendum",
            "Something to add to what is signed. What was signed stays as it is; the addendum has its own author and its own signature."),
    CORRECTION(
            "correction", "Correct", "Correction", "It was wrong. What stood before stays readable, one click away."),
    RETRACTION(
            "retraction",
            "Entered in error",
            "Entered in error",
            "It should not be here. It stays readable with a mark and counts for nothing."),
    LATE_ENTRY(
            "late-entry",
            "Late entry",
            "Late entry",
            "Stated late by its author. Typing today what was dictated in time is no late entry, and is not marked as one."),
    MOVE(
            "move",
            "Wrong patient",
            "Move to the right chart",
            "Entered for the wrong patient: taken out here and entered in the right chart, in one step.");

    private final String key;
    private final String action;
    private final String label;
    private final String meaning;

    Way(String key, String action, String label, String meaning) {
        this.key = key;
        this.action = action;
        this.label = label;
        this.meaning = meaning;
    }

    /** As addresses name it. */
    public String key() {
        return key;
    }

    /** What a button says. */
    public String action() {
        return action;
    }

    /** What its page and its mark say. */
    public String label() {
        return label;
    }

    /** What it is for, in one or two sentences for pages. */
    public String meaning() {
        return meaning;
    }

    /** @throws IllegalArgumentException where no way has this key */
    public static Way ofKey(String key) {
        for (Way way : values()) {
            if (way.key.equals(key)) {
                return way;
            }
        }
        throw new IllegalArgumentException("no way " + key);
    }
}
