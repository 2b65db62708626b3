package org.chartkeeper.chart.web;

/**
 * A mark of an exception beside a title.
 *
 * @param text what it says, with its sign
 * @param tone ok, warn, stop, note or empty
 */
record Tag(String text, String tone) {

    /** The classes of its element. */
    public String css() {
        return tone.isEmpty() ? "tag" : "tag " + tone;
    }
}
