package org.chartkeeper.chart.web;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * A result on the desk, with its clock.
 *
 * @param field {@code result} where it is signed, {@code seen} where it is only acknowledged; with {@code value}
 * @param due when it must have been seen
 * @param flag H, L, HH, LL or A; null for a normal value
 * @param detail range, who measured it, when
 * @param change what a corrected one says beside what stood before; null where nothing stood
 * @param otherwisePath where it is passed on or not signed
 * @param mark its number among the results, for the page
 */
record ResultLine(
        String field,
        String value,
        String urgency,
        String tone,
        Instant due,
        String patientPath,
        String patient,
        @Nullable String born,
        @Nullable String mrn,
        List<String> sameNames,
        String path,
        String title,
        String result,
        @Nullable String flag,
        @Nullable String flagWords,
        String detail,
        List<Tag> tags,
        @Nullable ChangeRow change,
        List<NoteText.Block> blocks,
        String otherwisePath) {

    static ResultLine of(ResultDesk.Due due, @Nullable PatientSummary person, Actor actor, Words words) {
        EntryView entry = due.entry();
        Content content = entry.pending() == null ? entry.content() : entry.pending();
        Content.Observation it = content instanceof Content.Observation observation ? observation : null;
        String flag = it == null ? null : Words.flag(it);
        String text = Words.text(content);
        ChangeRow change =
                due.signing() == null || due.signing().change().differences().isEmpty()
                        ? null
                        : ChangeRow.of(entry.patient(), due.signing().change(), words);
        String detail = Stream.of(
                        it == null ? null : words.range(it),
                        it == null ? words.detail(content) : it.performer(),
                        words.nearDay(entry.event()))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" · "));
        return new ResultLine(
                due.signing() == null ? "seen" : "result",
                due.signing() == null
                        ? entry.patient() + "_" + entry.id() + "_" + entry.version()
                        : Waiting.pick(due.signing(), actor).text(),
                due.urgency().word(),
                switch (due.urgency()) {
                    case CRITICAL -> "stop";
                    case ABNORMAL -> "warn";
                    case ROUTINE -> "";
                },
                due.due(),
                "/patients/" + entry.patient(),
                person == null ? "" : person.label(),
                person == null || person.birthDate() == null ? null : Dates.words(person.birthDate(), words.zone()),
                person == null ? null : Waiting.mrn(person, actor),
                person == null ? List.of() : person.sameNames(),
                Row.path(entry),
                content.title(),
                it == null ? "" : words.value(it),
                flag,
                flag == null ? null : Words.flagWords(flag),
                detail,
                due.changed() ? changedFirst(words.tags(entry)) : words.tags(entry),
                change,
                text == null ? List.of() : NoteText.blocks(text),
                due.signing() == null ? Row.path(entry) + "/pass-on" : Row.path(entry) + "/answer?from=inbox");
    }

    private static List<Tag> changedFirst(List<Tag> tags) {
        return Stream.concat(Stream.of(new Tag("~ Changed since it was signed or acknowledged", "warn")), tags.stream())
                .toList();
    }

    /** @throws Rejected where it is not what a page gave out */
    static ResultDesk.Seen parse(String text) {
        String[] parts = text.split("_", -1);
        try {
            if (parts.length == 3) {
                return new ResultDesk.Seen(PatientId.of(parts[0]), EntryId.of(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (IllegalArgumentException malformed) {
            // said below, as for too few parts
        }
        throw new Rejected("That choice is not from this page. Load the page again.");
    }
}
