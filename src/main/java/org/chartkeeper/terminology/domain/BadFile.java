package org.chartkeeper.terminology.domain;

/** A file of codes cannot be taken: nothing of it is kept. The message says where and why, for people. */
class BadFile extends Exception {

    private final boolean passedOver;

    /** Of a whole file. */
    BadFile(String message) {
        this(message, false);
    }

    /** @param line counted from 1 */
    BadFile(long line, String message) {
        this("Line " + line + ": " + message, false);
    }

    private BadFile(String message, boolean passedOver) {
        super(message, null, false, false);
        this.passedOver = passedOver;
    }

    /** Of a file that is none of those that are loaded: in a folder or an archive it is passed over. */
    static BadFile other(String message) {
        return new BadFile(message, true);
    }

    boolean passedOver() {
        return passedOver;
    }
}
