package org.chartkeeper.chart.note;

import java.util.List;
import java.util.Map;

/**
 * What is typed of a note, as it is typed; nothing of it is judged before the note is filed.
 *
 * @param date and {@code time} of the event; blank for what the page proposed
 * @param author id of the practitioner whose words these are; blank for the one who types
 * @param source dictation, paper, telephone; blank where the author types
 * @param job number of the dictation, blank for none
 * @param statedDate and {@code statedTime} when it was dictated, written or said
 * @param sensitivity a label that was set by hand, blank for none
 * @param reason why a warning was accepted
 * @param sections by the key of the section
 * @param brought ids of notes that something was brought in from
 */
public record NoteSheet(
        String date,
        String time,
        String author,
        String source,
        String job,
        String statedDate,
        String statedTime,
        String sensitivity,
        String reason,
        Map<String, String> sections,
        List<String> brought) {

    public NoteSheet {
        sections = Map.copyOf(sections);
        brought = List.copyOf(brought);
    }

    /** Nothing but these sections. */
    public static NoteSheet of(Map<String, String> sections) {
        return new NoteSheet("", "", "", "", "", "", "", "", "", sections, List.of());
    }

    public NoteSheet with(Map<String, String> other, List<String> from) {
        return new NoteSheet(date, time, author, source, job, statedDate, statedTime, sensitivity, reason, other, from);
    }

    /** Whether nothing is written in any section. */
    public boolean empty() {
        return sections.values().stream().allMatch(String::isBlank);
    }
}
