package org.chartkeeper.exchange.domain.outside;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.exchange.OutsideRecords;
import org.chartkeeper.exchange.domain.outside.OutsideDocument.Item;
import org.chartkeeper.exchange.domain.outside.OutsideDocument.Person;
import org.chartkeeper.exchange.domain.outside.OutsideRows.Decided;
import org.chartkeeper.exchange.domain.outside.OutsideRows.Row;
import org.chartkeeper.exchange.domain.outside.OutsideRows.Whole;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps documents in the content store, reads them anew for each page, and writes what a person accepts. */
@Service
class StoredOutsideRecords implements OutsideRecords {

    private static final int MOST_LISTED = 50;

    /** Entries of ours of a kind that are compared; a chart with more is compared with the newest. */
    private static final int MOST_COMPARED = 500;

    private static final Set<EntryType> LIVING = Set.of(
            EntryType.CONDITION,
            EntryType.ALLERGY,
            EntryType.MEDICATION_ORDER,
            EntryType.MEDICATION_STATEMENT,
            EntryType.IMMUNIZATION);

    private final OutsideRows rows;
    private final ContentStore store;
    private final ChartReader reader;
    private final ChartWriter writer;
    private final Patients patients;
    private final Directory directory;
    private final ActorNames names;
    private final AuditTrail audit;
    private final Clock clock;

    StoredOutsideRecords(
            OutsideRows rows,
            ContentStore store,
            ChartReader reader,
            ChartWriter writer,
            Patients patients,
            Directory directory,
            ActorNames names,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.patients = patients;
        this.directory = directory;
        this.names = names;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional
    @Requires(Permission.VISIT_UPDATE)
    public UUID receive(Actor actor, PatientId patient, String name, InputStream content, String samePerson) {
        byte[] bytes = bytes(content);
        FacilityId facility = facility(actor);
        OutsideDocument document = read(bytes, zone(facility));
        List<String> differences = differences(document.person(), person(patient));
        if (!differences.isEmpty() && samePerson.isBlank()) {
            throw new Rejected(List.of(Problem.error(
                    "samePerson",
                    "The document is about " + document.person().words() + ": " + String.join("; ", differences)
                            + ". Say why it is the same person, or choose the right patient.")));
        }
        ContentStore.Stored stored;
        try {
            stored = store.put(new ByteArrayInputStream(bytes));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        Row row = new Row(
                Uuid7.next(),
                facility,
                stored.sha256(),
                stored.size(),
                document.title(),
                document.custodian(),
                document.written() == null ? null : document.written().text(),
                document.items().size(),
                differences.isEmpty() ? null : String.join("; ", differences),
                differences.isEmpty() ? null : samePerson.strip(),
                actor.user(),
                clock.instant(),
                0);
        if (!rows.add(patient, row)) {
            return rows.byContent(patient, stored.sha256()).orElseThrow().id();
        }
        audit.record(AuditEvent.done("outside-record.receive")
                .of(patient)
                .at(facility)
                .on("outside-record", row.id())
                .count(document.items().size()));
        return row.id();
    }

    /** What it is shows in its first sign: a FHIR resource in JSON, or else XML. */
    private OutsideDocument read(byte[] content, ZoneId zone) {
        int first = content.length > 2 && content[0] == (byte) 0xEF ? 3 : 0;
        while (first < content.length && Character.isWhitespace(content[first])) {
            first++;
        }
        return first < content.length && content[first] == '{'
                ? FhirDocument.read(content, zone, clock.instant())
                : CcdaReader.read(content, zone);
    }

    private static byte[] bytes(InputStream content) {
        try {
            byte[] bytes = content.readNBytes((int) LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new Rejected(List.of(Problem.error("file", "A document has at most 20 MB.")));
            }
            return bytes;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static FacilityId facility(Actor actor) {
        FacilityId facility = actor.facility();
        if (facility == null) {
            throw new NotAllowed("no facility to work at");
        }
        return facility;
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    private PatientSummary person(PatientId patient) {
        return patients.find(patient).orElseThrow(() -> new NotFound("patient " + patient));
    }

    /** What of the document's person is not as here; a name here may be a part of the one there. */
    private static List<String> differences(Person theirs, PatientSummary ours) {
        List<String> different = new ArrayList<>();
        if (!alike(theirs.family(), ours.family())) {
            different.add("the family name here is " + ours.family());
        }
        if (!alike(theirs.given(), ours.given()) && !alike(theirs.given(), Objects.toString(ours.preferred(), ""))) {
            different.add("the given name here is " + ours.given());
        }
        String born = ours.birthDate();
        if (theirs.birth() == null || born == null || !theirs.birth().equals(born)) {
            different.add("the birth date here is " + Objects.toString(born, "unknown"));
        }
        String sex = theirs.sex();
        if (sex != null
                && Set.of("F", "M").contains(sex)
                && !ours.sex().isEmpty()
                && !ours.sex().startsWith(sex)) {
            different.add("the sex here is " + ours.sex());
        }
        return different;
    }

    private static boolean alike(String one, String other) {
        String plain = plain(one);
        String otherPlain = plain(other);
        return !plain.isEmpty()
                && !otherPlain.isEmpty()
                && (plain.startsWith(otherPlain) || otherPlain.startsWith(plain));
    }

    private static String plain(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.CHART_READ)
    public List<Listed> list(Actor actor, PatientId patient) {
        List<Row> found = rows.list(patient, MOST_LISTED);
        Map<UUID, Integer> decided = found.isEmpty()
                ? Map.of()
                : rows.decided(found.stream().map(Row::id).toList());
        return found.stream()
                .map(row -> new Listed(
                        row.id(),
                        row.title(),
                        row.custodian(),
                        row.writtenOn(),
                        row.receivedAt(),
                        row.lines() - decided.getOrDefault(row.id(), 0)))
                .toList();
    }

    private Whole whole(PatientId patient, UUID record) {
        return rows.find(patient, record)
                .orElseThrow(() -> new NotFound("outside-record " + record + " of patient " + patient));
    }

    private OutsideDocument document(Row row) {
        try (InputStream content = store.open(row.sha256())) {
            return read(content.readAllBytes(), zone(row.facility()));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.CHART_READ)
    public View view(Actor actor, PatientId patient, UUID record) {
        Whole whole = whole(patient, record);
        Row row = whole.row();
        OutsideDocument document = document(row);
        Map<String, Decided> decided = whole.decided();
        List<EntryView> ours = ours(actor, patient, document);
        Map<UserId, String> people = names.names(Stream.concat(
                        Stream.of(row.receivedBy()), decided.values().stream().map(Decided::by))
                .collect(Collectors.toSet()));
        return new View(
                row.id(),
                row.version(),
                row.title(),
                row.custodian(),
                row.writtenOn(),
                row.receivedAt(),
                people.getOrDefault(row.receivedBy(), ""),
                document.person().words(),
                row.differences(),
                row.samePerson(),
                sections(document, ours, decided, people),
                document.unread());
    }

    /** What may match: everything that lives on, and results of the days that the document has. */
    private List<EntryView> ours(Actor actor, PatientId patient, OutsideDocument document) {
        List<EntryView> found = new ArrayList<>(reader.entries(
                        actor, patient, ChartReader.Filter.of(LIVING.toArray(EntryType[]::new)), null, MOST_COMPARED)
                .items());
        List<Instant> days = document.items().stream()
                .filter(item -> item.content() instanceof Content.Observation)
                .map(Item::time)
                .filter(Objects::nonNull)
                .map(Hl7Time::at)
                .sorted()
                .toList();
        if (!days.isEmpty()) {
            ChartReader.Filter results = new ChartReader.Filter(
                    Set.of(EntryType.OBSERVATION),
                    null,
                    null,
                    null,
                    days.get(0).minus(1, ChronoUnit.DAYS),
                    days.get(days.size() - 1).plus(1, ChronoUnit.DAYS),
                    false);
            found.addAll(
                    reader.entries(actor, patient, results, null, MOST_COMPARED).items());
        }
        return found;
    }

    private static List<Section> sections(
            OutsideDocument document, List<EntryView> ours, Map<String, Decided> decided, Map<UserId, String> people) {
        Map<String, String> headings = new LinkedHashMap<>();
        headings.put("allergy", "Allergies");
        headings.put("drug", "Medications");
        headings.put("problem", "Problems");
        headings.put("immunization", "Immunizations");
        headings.put("result", "Results");
        Set<EntryId> matched = new HashSet<>();
        List<Section> sections = new ArrayList<>();
        headings.forEach((kind, heading) -> {
            List<Line> lines = document.items().stream()
                    .filter(item -> Matching.kind(item.content()).equals(kind))
                    .map(item -> line(item, ours, decided.get(item.key()), people))
                    .sorted(Comparator.comparing((Line line) -> line.decision() != null))
                    .toList();
            lines.stream()
                    .map(Line::ours)
                    .filter(Objects::nonNull)
                    .map(Side::entry)
                    .filter(Objects::nonNull)
                    .forEach(matched::add);
            List<Side> alone = kind.equals("result")
                    ? List.of()
                    : ours.stream()
                            .filter(entry -> Matching.kind(entry.content()).equals(kind))
                            .filter(entry -> !entry.retracted() && !matched.contains(entry.id()) && active(entry))
                            .map(StoredOutsideRecords::side)
                            .toList();
            if (!lines.isEmpty()) {
                sections.add(new Section(kind, heading, lines, alone));
            }
        });
        return sections;
    }

    private static boolean active(EntryView entry) {
        return switch (entry.content()) {
            case Content.Condition condition -> condition.clinicalStatus().equals("active");
            case Content.Allergy allergy -> allergy.clinicalStatus().equals("active");
            case Content.MedicationOrder order -> order.status().equals("active");
            case Content.MedicationStatement statement -> statement.status().equals("active");
            default -> true;
        };
    }

    private static Line line(Item item, List<EntryView> ours, @Nullable Decided decided, Map<UserId, String> people) {
        EntryId written = decided != null && decided.decision().equals("accepted") ? decided.entry() : null;
        // What was accepted from this line stands in our chart now; it is not what it was compared with.
        Optional<Matching.Match> match = Matching.find(
                item, ours.stream().filter(entry -> !entry.id().equals(written)).toList());
        return new Line(
                item.key(),
                new Side(item.content().title(), Details.of(item.content()), null),
                match.map(Matching.Match::entry).map(StoredOutsideRecords::side).orElse(null),
                match.map(Matching.Match::how).orElse(null),
                match.map(found -> Matching.added(found.entry().content(), item.content()))
                        .orElse(List.of()),
                decided == null ? null : decided.decision(),
                decided == null ? null : decided.reason(),
                decided == null ? null : people.getOrDefault(decided.by(), ""),
                decided == null ? null : decided.at(),
                decided == null ? null : decided.entry());
    }

    private static Side side(EntryView entry) {
        return new Side(entry.content().title(), Details.of(entry.content()), entry.id());
    }

    @Override
    @Transactional
    @Requires(Permission.VISIT_UPDATE)
    public int decide(
            Actor actor,
            PatientId patient,
            UUID record,
            int version,
            Map<String, Choice> choices,
            @Nullable PractitionerId signer) {
        Whole whole = whole(patient, record);
        Row row = whole.row();
        OutsideDocument document = document(row);
        Map<String, Decided> before = whole.decided();
        List<EntryView> ours = ours(actor, patient, document);
        List<Problem> problems = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        for (Item item : document.items()) {
            Choice choice = choices.get(item.key());
            if (choice != null && !choice.what().isEmpty() && !before.containsKey(item.key())) {
                decisions.add(decision(item, choice, Matching.find(item, ours).orElse(null), signer, problems));
            }
        }
        if (decisions.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.error(null, "Choose what becomes of at least one line."));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        if (!rows.next(record, version)) {
            throw new Rejected(
                    "Somebody else decided lines of this record meanwhile. Look at them and send yours again.");
        }
        write(actor, patient, row, document, decisions, signer);
        audit.record(AuditEvent.done("outside-record.reconcile")
                .of(patient)
                .at(row.facility())
                .on("outside-record", record)
                .version(version + 1)
                .count(decisions.size()));
        return decisions.size();
    }

    private record Decision(
            Item item, Choice choice, @Nullable EntryView ours) {}

    private static Decision decision(
            Item item,
            Choice choice,
            Matching.@Nullable Match match,
            @Nullable PractitionerId signer,
            List<Problem> problems) {
        EntryView ours = match == null ? null : match.entry();
        switch (choice.what()) {
            case "accept" -> {}
            case "keep" -> {
                if (ours == null) {
                    problems.add(Problem.error(item.key(), "There is nothing of ours to keep for this line"));
                }
            }
            case "merge" -> {
                if (ours == null
                        || Matching.added(ours.content(), item.content()).isEmpty()) {
                    problems.add(Problem.error(item.key(), "There is nothing to add to ours"));
                } else if (signer == null) {
                    problems.add(Problem.error("signer", "Choose who signs what is added to ours"));
                }
            }
            case "reject" -> {
                if (choice.reason().isBlank()) {
                    problems.add(Problem.error(item.key(), "Say why this line is not taken over"));
                }
            }
            default -> problems.add(Problem.error(item.key(), "Choose accept, merge, keep or reject"));
        }
        return new Decision(item, choice, ours);
    }

    private void write(
            Actor actor,
            PatientId patient,
            Row row,
            OutsideDocument document,
            List<Decision> decisions,
            @Nullable PractitionerId signer) {
        List<EntryId> merging = decisions.stream()
                .filter(decision -> decision.choice.what().equals("merge"))
                .map(decision -> Objects.requireNonNull(decision.ours).id())
                .toList();
        Map<EntryId, ChartWriter.Standing> standing = merging.isEmpty() ? Map.of() : writer.standing(merging);
        List<Decision> writing = new ArrayList<>();
        List<EntryCommand> commands = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision.choice.what().equals("accept")) {
                writing.add(decision);
                commands.add(accepted(patient, row, document, decision.item));
            } else if (decision.choice.what().equals("merge")) {
                EntryView ours = Objects.requireNonNull(decision.ours);
                writing.add(decision);
                commands.add(merged(patient, row, decision.item, ours, standing.get(ours.id()), signer));
            }
        }
        Map<Decision, EntryId> written = new java.util.IdentityHashMap<>();
        if (!commands.isEmpty()) {
            List<ChartWriter.Written> answers = writer.write(commands);
            for (int i = 0; i < answers.size(); i++) {
                written.put(writing.get(i), answers.get(i).entry());
            }
        }
        Instant now = clock.instant();
        for (Decision decision : decisions) {
            EntryView ours = decision.ours;
            String what = decision.choice.what();
            EntryId entry = written.get(decision);
            rows.decide(
                    row.id(),
                    new Decided(
                            decision.item.key(),
                            switch (what) {
                                case "accept" -> "accepted";
                                case "merge" -> "merged";
                                case "keep" -> "kept";
                                default -> "rejected";
                            },
                            decision.choice.reason().isBlank()
                                    ? null
                                    : decision.choice.reason().strip(),
                            entry != null ? entry : what.equals("keep") && ours != null ? ours.id() : null,
                            actor.user(),
                            now));
        }
    }

    /** As stated outside, authenticated there. */
    private EntryCommand accepted(PatientId patient, Row row, OutsideDocument document, Item item) {
        Instant stated = document.written() == null
                ? clock.instant()
                : document.written().at();
        Hl7Time time = item.time();
        return new EntryCommand(
                VersionKind.ORIGINAL,
                null,
                null,
                patient,
                row.facility(),
                null,
                item.content(),
                time == null ? stated : time.at(),
                time == null ? "day" : time.precision(),
                new EntryCommand.Statement("outside", null, row.custodian(), stated, null),
                new EntryCommand.Source("import", row.sha256(), item.key()),
                null,
                "",
                true);
    }

    private EntryCommand merged(
            PatientId patient,
            Row row,
            Item item,
            EntryView ours,
            ChartWriter.@Nullable Standing standing,
            @Nullable PractitionerId signer) {
        if (standing == null) {
            throw new NotFound("entry " + ours.id() + " of patient " + patient);
        }
        Instant now = clock.instant();
        return new EntryCommand(
                standing.locked() ? VersionKind.UPDATE : VersionKind.REVISION,
                ours.id(),
                standing.version(),
                patient,
                ours.facility(),
                ours.encounter(),
                Matching.merged(standing.newest(), item.content()),
                standing.locked() ? now : ours.event(),
                standing.locked() ? "minute" : ours.eventPrecision(),
                new EntryCommand.Statement("outside", null, row.custodian(), now, signer),
                new EntryCommand.Source("import", row.sha256(), item.key()),
                "Reconciled with a record of " + row.custodian(),
                ours.sensitivity(),
                false);
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.CHART_READ)
    public Original original(Actor actor, PatientId patient, UUID record) {
        Row row = whole(patient, record).row();
        try {
            return new Original("outside-record-" + record + ".xml", store.open(row.sha256()), row.size());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
