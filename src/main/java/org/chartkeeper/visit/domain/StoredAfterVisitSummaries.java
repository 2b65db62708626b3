package org.chartkeeper.visit.domain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.visit.AfterVisitSummaries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Summaries as documents of the record; their words lie in the content store. */
@Service
class StoredAfterVisitSummaries implements AfterVisitSummaries {

    private static final Concept KIND = Concept.of("After-visit summary");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.US);
    private static final Set<EntryType> SHOWN = Set.of(
            EntryType.VISIT_DIAGNOSIS,
            EntryType.MEDICATION_ORDER,
            EntryType.MEDICATION_STATEMENT,
            EntryType.ALLERGY,
            EntryType.ORDER);
    private static final int MOST_GIVEN = 50;
    private static final int LONGEST = 8000;

    private final ChartReader reader;
    private final ChartWriter writer;
    private final Encounters encounters;
    private final Patients patients;
    private final Directory directory;
    private final ContentStore store;
    private final Idempotency idempotency;
    private final Clock clock;

    StoredAfterVisitSummaries(
            ChartReader reader,
            ChartWriter writer,
            Encounters encounters,
            Patients patients,
            Directory directory,
            ContentStore store,
            Idempotency idempotency,
            Clock clock) {
        this.reader = reader;
        this.writer = writer;
        this.encounters = encounters;
        this.patients = patients;
        this.directory = directory;
        this.store = store;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.VISIT_UPDATE)
    public Sheet draft(Actor actor, PatientId patient, EncounterId id) {
        EncounterView visit = visit(patient, id);
        ChartReader.Standing standing = reader.standing(actor, patient, id, List.of());
        List<EntryView> here = inForce(standing.ofVisit());
        List<EntryView> listed = inForce(standing.listed());
        return new Sheet(
                visit.reason() == null ? "" : visit.reason(),
                lines(here, StoredAfterVisitSummaries::diagnosis),
                lines(listed, StoredAfterVisitSummaries::drug),
                lines(listed, StoredAfterVisitSummaries::allergy),
                lines(here, StoredAfterVisitSummaries::order),
                "");
    }

    /** What stands now; a proposal does not, and what was entered in error never did. */
    private static List<EntryView> inForce(List<EntryView> entries) {
        return entries.stream()
                .filter(entry -> !entry.retracted() && !entry.proposed())
                .toList();
    }

    /** A line of each entry that has one; what is said twice is said once. */
    private static String lines(List<EntryView> entries, Function<EntryView, @Nullable String> line) {
        return entries.stream().map(line).filter(Objects::nonNull).distinct().collect(Collectors.joining("\n"));
    }

    private static @Nullable String diagnosis(EntryView entry) {
        return entry.type() == EntryType.VISIT_DIAGNOSIS ? entry.content().title() : null;
    }

    private static @Nullable String allergy(EntryView entry) {
        if (!(entry.content() instanceof Content.Allergy allergy)
                || allergy.verificationStatus().equals("refuted")) {
            return null;
        }
        if (allergy.noneKnown()) {
            return "No known allergies";
        }
        String reactions = allergy.reactions().stream()
                .map(Content.Reaction::manifestation)
                .collect(Collectors.joining(", "));
        return allergy.title() + (reactions.isEmpty() ? "" : ": " + reactions);
    }

    private static @Nullable String drug(EntryView entry) {
        Content.Dosage dosage;
        if (entry.content() instanceof Content.MedicationOrder order
                && order.status().equals("active")) {
            dosage = order.dosage();
        } else if (entry.content() instanceof Content.MedicationStatement statement
                && statement.status().equals("active")) {
            dosage = statement.dosage();
        } else {
            return null;
        }
        return entry.content().title()
                + (dosage == null ? "" : ": " + dosage.text())
                + (entry.pendingKind() == null ? "" : " (under review: ask before your next dose)");
    }

    private static @Nullable String order(EntryView entry) {
        return entry.content() instanceof Content.Order order
                        && Set.of("active", "draft").contains(order.status())
                ? order.title() + (order.due() == null ? "" : ", by " + day(order.due()))
                : null;
    }

    private static String day(String iso) {
        return iso.length() >= 10 ? DAY.format(LocalDate.parse(iso.substring(0, 10))) : iso;
    }

    @Override
    @Transactional
    @Requires(Permission.VISIT_UPDATE)
    public EntryId give(Actor actor, PatientId patient, EncounterId id, String key, Sheet sheet) {
        return EntryId.of(idempotency.once(
                key, () -> write(actor, visit(patient, id), sheet).toString()));
    }

    private EntryId write(Actor actor, EncounterView visit, Sheet sheet) {
        check(sheet);
        Instant now = clock.instant();
        ContentStore.Stored stored;
        try {
            stored = store.put(
                    new ByteArrayInputStream(compose(visit, sheet, now).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Content.Document document = new Content.Document(
                KIND,
                KIND.text(),
                "text/plain",
                stored.sha256(),
                stored.size(),
                LocalDate.ofInstant(now, zone(visit.facility())).toString(),
                actor.name(),
                "given to the patient",
                null);
        return writer.write(List.of(new EntryCommand(
                        EntryCommand.VersionKind.ORIGINAL,
                        null,
                        null,
                        visit.patient(),
                        visit.facility(),
                        visit.id(),
                        document,
                        now,
                        "minute",
                        statement(actor, visit, now),
                        new EntryCommand.Source("direct", stored.sha256(), null),
                        null,
                        labels(actor, visit),
                        false)))
                .get(0)
                .entry();
    }

    private static EntryCommand.Statement statement(Actor actor, EncounterView visit, Instant now) {
        return visit.attending() == null
                ? new EntryCommand.Statement("outside", null, actor.name(), now, null)
                : new EntryCommand.Statement("practitioner", visit.attending(), null, now, null);
    }

    private static void check(Sheet sheet) {
        List<String> parts = parts(sheet);
        if (parts.stream().allMatch(String::isBlank)) {
            throw new Rejected(List.of(Problem.error("instructions", "Write what the patient is to take home")));
        }
        if (parts.stream().anyMatch(part -> part.length() > LONGEST)) {
            throw new Rejected(List.of(Problem.error("instructions", "A part has at most 8,000 characters")));
        }
    }

    private static List<String> parts(Sheet sheet) {
        return Arrays.asList(
                sheet.reason(),
                sheet.findings(),
                sheet.medicines(),
                sheet.allergies(),
                sheet.next(),
                sheet.instructions());
    }

    /** Labels of the chart that speak through the summary: it is as sensitive as what it was drafted from. */
    private String labels(Actor actor, EncounterView visit) {
        ChartReader.Standing standing = reader.standing(actor, visit.patient(), visit.id(), List.of());
        return Stream.concat(standing.listed().stream(), standing.ofVisit().stream())
                .filter(entry -> SHOWN.contains(entry.type()))
                .flatMap(entry -> Arrays.stream(entry.sensitivity().split(" ")))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" "));
    }

    private String compose(EncounterView visit, Sheet sheet, Instant now) {
        ZoneId zone = zone(visit.facility());
        PatientSummary person =
                patients.find(visit.patient()).orElseThrow(() -> new NotFound("patient " + visit.patient()));
        StringBuilder text = new StringBuilder();
        text.append("AFTER-VISIT SUMMARY\n")
                .append(person.given().isEmpty() ? person.family() : person.given() + " " + person.family());
        if (person.birthDate() != null) {
            text.append(", born ").append(day(person.birthDate()));
        }
        text.append("\nVisit of ").append(DAY.format(visit.start().atZone(zone)));
        if (visit.attendingName() != null) {
            text.append(" with ").append(visit.attendingName());
        }
        text.append(", ")
                .append(visit.facilityName())
                .append("\nGiven on ")
                .append(DAY.format(now.atZone(zone)))
                .append('\n');
        part(text, "WHY YOU CAME", sheet.reason());
        part(text, "WHAT WE FOUND", sheet.findings());
        part(text, "YOUR MEDICINES NOW", sheet.medicines());
        part(text, "YOUR ALLERGIES", sheet.allergies());
        part(text, "WHAT COMES NEXT", sheet.next());
        part(text, "WHAT TO DO AT HOME", sheet.instructions());
        return text.toString();
    }

    private static void part(StringBuilder text, String heading, String words) {
        if (!words.isBlank()) {
            text.append('\n')
                    .append(heading)
                    .append('\n')
                    .append(words.strip().replace("\r\n", "\n"))
                    .append('\n');
        }
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.CHART_READ)
    public List<Given> given(Actor actor, PatientId patient, EncounterId visit) {
        return summaries(actor, patient, visit)
                .map(entry -> new Given(entry.id(), entry.enteredAt(), entry.enteredBy()))
                .toList();
    }

    private Stream<EntryView> summaries(Actor actor, PatientId patient, EncounterId visit) {
        ChartReader.Filter filter =
                new ChartReader.Filter(Set.of(EntryType.DOCUMENT), null, null, visit, null, null, false);
        return reader.entries(actor, patient, filter, null, MOST_GIVEN).items().stream()
                .filter(entry -> !entry.retracted())
                .filter(entry -> entry.content() instanceof Content.Document document
                        && document.kind().text().equals(KIND.text()));
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.CHART_READ)
    public String text(Actor actor, PatientId patient, EncounterId visit, EntryId summary) {
        Content.Document document = summaries(actor, patient, visit)
                .filter(entry -> entry.id().equals(summary))
                .map(entry -> (Content.Document) entry.content())
                .findFirst()
                .orElseThrow(() -> new NotFound("entry " + summary + " of patient " + patient));
        try (InputStream words = store.open(document.sha256())) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private EncounterView visit(PatientId patient, EncounterId id) {
        return encounters
                .find(patient, id)
                .orElseThrow(() -> new NotFound("encounter " + id + " of patient " + patient));
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }
}
