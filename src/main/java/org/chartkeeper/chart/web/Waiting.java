package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a signature, grouped by patient.
 *
 * @param mrn with whose it is, null where none is known
 * @param sameNames others of the same name, so that nobody signs in the wrong chart
 */
record Waiting(
        String patient,
        String label,
        @Nullable String born,
        @Nullable String mrn,
        List<String> sameNames,
        List<Line> lines) {

    private static final Set<String> ORDINARY = Set.of("active", "final", "completed");

    /**
     * One entry that waits.
     *
     * @param pick what the form carries
     * @param meaning author, attending or co-signature; as shown
     * @param answerPath where it is returned, passed on or refused
     * @param attestPath of a note to be co-signed, where the co-signature says what was done; null for others
     * @param fields all that something new says; empty where the differences say it
     * @param blocks the text of a new note or report, which is to be read before it is signed
     * @param comment a clinician's words when it came back
     */
    record Line(
            String pick,
            ChangeRow change,
            List<Field> fields,
            List<NoteText.Block> blocks,
            String meaning,
            String answerPath,
            @Nullable String attestPath,
            String entryPath,
            @Nullable String comment) {}

    static List<Waiting> groups(
            List<Signing.Awaiting> waiting, Map<PatientId, PatientSummary> people, Actor actor, Words words) {
        Map<PatientId, List<Signing.Awaiting>> byPatient = new LinkedHashMap<>();
        for (Signing.Awaiting each : waiting) {
            byPatient
                    .computeIfAbsent(each.entry().patient(), patient -> new ArrayList<>())
                    .add(each);
        }
        List<Waiting> groups = new ArrayList<>();
        byPatient.forEach((patient, entries) -> {
            PatientSummary person = people.get(patient);
            Signing.Awaiting first = entries.get(0);
            String born = person != null ? person.birthDate() : first.birthDate();
            groups.add(new Waiting(
                    "/patients/" + patient,
                    person != null ? person.label() : first.patientLabel(),
                    born == null ? null : Dates.words(born, words.zone()),
                    person == null ? null : mrn(person, actor),
                    person == null ? List.of() : person.sameNames(),
                    entries.stream().map(entry -> line(entry, actor, words)).toList()));
        });
        return groups;
    }

    static Line line(Signing.Awaiting waiting, Actor actor, Words words) {
        EntryView entry = waiting.entry();
        Pick pick = pick(waiting, actor);
        Content content = entry.pending() == null ? entry.content() : entry.pending();
        boolean told = !waiting.change().differences().isEmpty();
        String text = told ? null : Words.text(content);
        List<Field> fields = told
                ? List.of()
                : words.fields(content).stream()
                        .filter(field -> !field.value().equals(content.title()) && !ordinary(field))
                        .toList();
        return new Line(
                pick.text(),
                ChangeRow.of(entry.patient(), waiting.change(), words),
                fields,
                text == null ? List.of() : NoteText.blocks(text),
                pick.meaning(),
                Row.path(entry) + "/answer",
                pick.meaning().equals("co-signature") && content instanceof Content.Note
                        ? "/patients/" + entry.patient() + "/notes/" + entry.id() + "/attest"
                        : null,
                Row.path(entry),
                waiting.comment());
    }

    /** What goes without saying; everything else stands where it is signed. */
    private static boolean ordinary(Field field) {
        return switch (field.label()) {
            case "Status" -> ORDINARY.contains(field.value());
            case "Clinical status" -> field.value().equals("active");
            case "Verification" -> field.value().equals("confirmed");
            case "Kind" -> field.value().equals("allergy");
            case "Category" -> true;
            default -> false;
        };
    }

    /** The version as it stands, in the capacity in which this actor would sign it. */
    static Pick pick(Signing.Awaiting waiting, Actor actor) {
        EntryView entry = waiting.entry();
        String meaning = entry.signature().equals("co-signature due")
                ? "co-signature"
                : entry.statedByPractitioner() != null
                                && entry.statedByPractitioner().equals(actor.practitioner())
                        ? "author"
                        : "attending";
        return new Pick(new Signing.VersionRef(entry.patient(), entry.id(), entry.version(), waiting.hash()), meaning);
    }

    static @Nullable String mrn(PatientSummary person, Actor actor) {
        return person.mrns().stream()
                .filter(mrn -> mrn.facility().equals(actor.facility()))
                .findFirst()
                .or(() -> person.mrns().stream().findFirst())
                .map(mrn -> "MRN " + mrn.facilityName() + " " + mrn.value())
                .orElse(null);
    }
}
