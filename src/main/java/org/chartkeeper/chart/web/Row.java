package org.chartkeeper.chart.web;

import java.util.List;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a row of a list.
 *
 * @param path of the entry's own page
 * @param detail second line
 * @param beside value of an observation, indication of a drug; empty else
 * @param flag H, L, HH, LL or A; null for a normal value
 * @param flagWords what the flag means
 * @param tags exceptions only
 * @param becomes what a pending change makes of it, null where nothing is pending or it ends
 * @param day civil date of the event with its precision
 */
record Row(
        String id,
        String path,
        String type,
        String title,
        String detail,
        String beside,
        @Nullable String flag,
        @Nullable String flagWords,
        List<Tag> tags,
        @Nullable String becomes,
        String day,
        String statedBy,
        String provenance,
        boolean retracted) {

    static Row of(EntryView entry, Words words) {
        String flag = entry.content() instanceof Content.Observation it ? Words.flag(it) : null;
        String detail = entry.content() instanceof Content.Observation it
                ? observation(it, words)
                : words.detail(entry.content());
        return new Row(
                entry.id().toString(),
                path(entry),
                entry.type().label(),
                entry.content().title(),
                detail,
                words.beside(entry.content()),
                flag,
                flag == null ? null : Words.flagWords(flag),
                words.tags(entry),
                words.becomes(entry),
                words.day(entry),
                entry.statedBy(),
                words.provenance(entry),
                entry.retracted());
    }

    static String path(EntryView entry) {
        return "/patients/" + entry.patient() + "/entries/" + entry.id();
    }

    /** The value stands in a column of its own; what remains is range and state. */
    private static String observation(Content.Observation it, Words words) {
        String range = words.range(it);
        String state = it.status().equals("final") ? null : it.status();
        if (range == null) {
            return state == null ? "" : state;
        }
        return "range " + range + (state == null ? "" : " · " + state);
    }

    public boolean observed() {
        return type.equals("Observation");
    }

    Row said(String indication, List<Tag> marks) {
        return new Row(
                id,
                path,
                type,
                title,
                detail,
                indication,
                flag,
                flagWords,
                marks,
                becomes,
                day,
                statedBy,
                provenance,
                retracted);
    }

    Row becoming(List<Tag> marks, String now) {
        return new Row(
                id,
                path,
                type,
                title,
                detail,
                beside,
                flag,
                flagWords,
                marks,
                now,
                day,
                statedBy,
                provenance,
                retracted);
    }
}
