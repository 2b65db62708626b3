package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.BulkCorrections;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartSafety;
import org.chartkeeper.chart.ChartSearch;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.OrderProposals;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.RecordMoves.Subject;
import org.chartkeeper.chart.ResultDesk;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.document.Documents;
import org.chartkeeper.chart.note.NoteDrafts;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.chart.note.NoteTexts;
import org.chartkeeper.chart.note.Notes;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A locked entry changes in no other way than those of the design. Every public method of the record's services is tried on
 * locked entries, by everybody who could call it, and what is left afterwards is compared: the versions that were there are
 * there untouched; what is in force is another only where the method, the kind of change and the person allow it.
 *
 * <p>A public method without an expectation here fails the test.
 */
@ChartkeeperTest
class LockTest {

    private static final String CHANGED = "She is not well.";

    /** What reads, and can therefore change nothing: each is run all the same, or proven to be read-only. */
    private static final Set<Class<?>> READERS =
            Set.of(ChartReader.class, ChartSearch.class, ChartSafety.class, NoteTexts.class);

    @Autowired
    ChartWriter writer;

    @Autowired
    Signing signing;

    @Autowired
    Notes notes;

    @Autowired
    NoteDrafts drafts;

    @Autowired
    ChangeDesk changes;

    @Autowired
    RecordMoves moves;

    @Autowired
    OrderProposals proposals;

    @Autowired
    ResultDesk results;

    @Autowired
    BulkCorrections bulkCorrections;

    @Autowired
    Documents documents;

    @Autowired
    Encounters encounters;

    @Autowired
    ChartVerification verification;

    @Autowired
    ChartReader reader;

    @Autowired
    Access access;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor currentActor;

    Fixture fixture;
    PatientId patient;

    /** An entry that is locked: signed here, or authenticated at its source. */
    private record Locked(String name, PatientId patient, Written written) {}

    /** Tries one method in one way; answers without a word whether it was refused. */
    private interface Attempt {
        void on(Locked locked, Actor actor);
    }

    /** What may become of a locked entry. */
    private enum May {
        /** Nothing at all. */
        NOTHING,
        /** A version is added that waits; what is in force stays. */
        WAIT,
        /** It is entered in error, and reads what it read. */
        RETRACT
    }

    /** One try. {@code may}: by who tries it. */
    private record Try(String name, Attempt attempt, Map<String, May> may) {}

    @BeforeEach
    void people() {
        fixture = new Fixture(jdbc, writer, transactions, provisioning, currentActor);
        patient = known(fixture.aPatient());
    }

    private PatientId known(PatientId whose) {
        fixture.run(fixture.here.specialist(), () -> access.patientAtFacility(whose, fixture.here.facility()));
        return whose;
    }

    /** Method by method, with every way in which its parameters could be used on a locked entry. */
    private Map<String, List<Try>> tries() {
        Map<String, List<Try>> tries = new LinkedHashMap<>();
        List<Try> writes = new ArrayList<>();
        for (VersionKind kind : VersionKind.values()) {
            boolean waits = kind == VersionKind.CORRECTION || kind == VersionKind.RETRACTION;
            writes.add(new Try(
                    kind + " of other content",
                    (locked, actor) -> write(actor, command(kind, locked, note(CHANGED), false)),
                    waits ? Map.of("specialist", May.WAIT, "author", May.WAIT) : Map.of()));
            writes.add(new Try(
                    kind + " that asks another clinician to sign",
                    (locked, actor) -> write(actor, command(kind, locked, note(CHANGED), true)),
                    Map.of()));
        }
        writes.add(new Try(
                "a version of another type",
                (locked, actor) -> write(actor, command(VersionKind.CORRECTION, locked, Fixture.weight("71"), false)),
                Map.of()));
        writes.add(new Try(
                "an addendum, which is an entry of its own",
                (locked, actor) -> write(
                        actor,
                        Fixture.original(
                                locked.patient(),
                                new Content.Note(
                                        "addendum",
                                        Concept.of("Addendum"),
                                        "final",
                                        "More.",
                                        new Content.EntryRef(
                                                locked.written().entry().toString())))),
                Map.of()));
        tries.put("ChartWriter.write", writes);
        tries.put(
                "ChartWriter.standing",
                List.of(new Try(
                        "locks and looks",
                        (locked, actor) -> fixture.as(
                                actor,
                                () -> writer.standing(List.of(locked.written().entry()))),
                        Map.of())));
        tries.put(
                "Signing.sign",
                List.of(each(
                        "signs what is signed",
                        (locked, actor) ->
                                fixture.run(actor, () -> signing.sign(actor, List.of(ref(locked)), "author")))));
        tries.put(
                "Signing.giveBack",
                List.of(each(
                        "returns it",
                        (locked, actor) -> fixture.run(actor, () -> signing.giveBack(actor, ref(locked), "mend it")))));
        tries.put(
                "Signing.notMine",
                List.of(each(
                        "passes it on",
                        (locked, actor) -> fixture.run(
                                actor, () -> signing.notMine(actor, ref(locked), fixture.here.lindqvist(), "hers")))));
        tries.put(
                "Signing.refuse",
                List.of(each(
                        "refuses it",
                        (locked, actor) -> fixture.run(actor, () -> signing.refuse(actor, ref(locked), "never")))));
        for (String reading : List.of("Signing.awaiting", "Signing.count", "Signing.returned", "Signing.signatures")) {
            tries.put(
                    reading,
                    List.of(each(
                            "reads",
                            (locked, actor) -> fixture.run(actor, () -> {
                                signing.awaiting(actor, locked.patient(), null, 10);
                                signing.count(actor);
                                signing.returned(actor, 10);
                                signing.signatures(
                                        locked.patient(), locked.written().entry());
                            }))));
        }
        tries.put(
                "NoteDrafts.open",
                List.of(each(
                        "goes on writing",
                        (locked, actor) -> fixture.run(
                                actor,
                                () -> drafts.open(
                                        actor,
                                        locked.patient(),
                                        new NoteDrafts.Start(
                                                null,
                                                "progress",
                                                locked.written().entry()))))));
        for (String drafting : List.of(
                "NoteDrafts.get",
                "NoteDrafts.mine",
                "NoteDrafts.save",
                "NoteDrafts.discard",
                "Notes.meter",
                "Notes.rebase")) {
            tries.put(drafting, List.of(each("works on a draft begun before the signature", (locked, actor) -> {
                UUID draft = begunBefore(locked, actor);
                fixture.run(actor, () -> {
                    drafts.mine(actor, locked.patient(), 10);
                    NoteDrafts.Saved saved = drafts.save(actor, locked.patient(), draft, 1, changed());
                    notes.rebase(actor, locked.patient(), draft, saved.number());
                    notes.meter(actor, drafts.get(actor, locked.patient(), draft), changed());
                    drafts.discard(actor, locked.patient(), draft);
                });
            })));
        }
        for (boolean sign : new boolean[] {false, true}) {
            tries.computeIfAbsent("Notes.file", name -> new ArrayList<>())
                    .add(each(
                            "files a draft begun before the signature" + (sign ? " and signs" : ""),
                            (locked, actor) -> {
                                UUID draft = begunBefore(locked, actor);
                                fixture.run(
                                        actor,
                                        () -> notes.file(
                                                actor,
                                                locked.patient(),
                                                draft,
                                                1,
                                                changed(),
                                                sign,
                                                UUID.randomUUID().toString()));
                            }));
        }
        tries.put(
                "Notes.attest",
                List.of(each(
                        "attests what waits for nobody",
                        (locked, actor) -> fixture.run(
                                actor,
                                () -> notes.attest(
                                        actor,
                                        ref(locked),
                                        "I was present.",
                                        UUID.randomUUID().toString())))));
        tries.put(
                "ChangeDesk.standing",
                List.of(each(
                        "reads",
                        (locked, actor) -> fixture.run(
                                actor,
                                () -> reader.entry(
                                                actor,
                                                locked.patient(),
                                                locked.written().entry())
                                        .ifPresent(view -> changes.standing(actor, view))))));
        tries.put(
                "ChangeDesk.withdraw",
                List.of(each(
                        "withdraws it",
                        (locked, actor) -> fixture.run(
                                actor,
                                () -> changes.withdraw(
                                        actor,
                                        locked.patient(),
                                        locked.written().entry(),
                                        locked.written().version(),
                                        "away")))));
        for (String proposing : List.of("propose", "withdraw")) {
            tries.put("OrderProposals." + proposing, List.of(each("as if it were a drug order", (locked, actor) -> {
                EntryId entry = locked.written().entry();
                fixture.run(actor, () -> {
                    if (proposing.equals("withdraw")) {
                        proposals.withdraw(actor, locked.patient(), entry, "away");
                    } else {
                        proposals.propose(
                                actor,
                                locked.patient(),
                                entry,
                                locked.written().version(),
                                new Content.MedicationOrder(
                                        Concept.of("Lisinopril 10 mg tablet"),
                                        "active",
                                        null,
                                        "30",
                                        0,
                                        30,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                fixture.here.lindqvist(),
                                "another drug");
                    }
                });
            })));
        }
        PatientId other = known(fixture.aPatient());
        tries.put(
                "RecordMoves.move",
                List.of(new Try(
                        "moves it to another chart",
                        (locked, actor) -> fixture.run(actor, () -> move(actor, locked, other)),
                        Map.of("supervisor", May.RETRACT))));
        tries.put(
                "RecordMoves.confirm",
                List.of(each(
                        "confirms what nobody asked for",
                        (locked, actor) -> fixture.run(actor, () -> moves.confirm(actor, UUID.randomUUID(), 0)))));
        tries.put(
                "RecordMoves.refuse",
                List.of(each(
                        "refuses what nobody asked for",
                        (locked, actor) -> fixture.run(actor, () -> moves.refuse(actor, UUID.randomUUID(), 0, "no")))));
        tries.put(
                "RecordMoves.seen",
                List.of(each(
                        "reads a notice",
                        (locked, actor) -> fixture.run(actor, () -> moves.seen(actor, UUID.randomUUID())))));
        for (String reading :
                List.of("RecordMoves.plan", "RecordMoves.waiting", "RecordMoves.find", "RecordMoves.tie")) {
            tries.put(
                    reading,
                    List.of(each(
                            "reads",
                            (locked, actor) -> fixture.run(actor, () -> {
                                moves.plan(
                                        actor,
                                        Subject.entry(
                                                locked.patient(),
                                                locked.written().entry()));
                                moves.tie(
                                        actor,
                                        locked.patient(),
                                        locked.written().entry());
                                moves.waiting(actor, 10);
                                moves.find(actor, UUID.randomUUID());
                            }))));
        }
        for (String result : List.of(
                "ResultDesk.due", "ResultDesk.acknowledge", "ResultDesk.passOn", "ResultDesk.acknowledgements")) {
            tries.put(result, List.of(each("acknowledges it and hands it on", (locked, actor) -> {
                ResultDesk.Seen seen = new ResultDesk.Seen(
                        locked.patient(),
                        locked.written().entry(),
                        locked.written().version());
                fixture.run(actor, () -> {
                    results.due(actor, 10);
                    results.acknowledgements(seen.patient(), seen.entry());
                });
                if (result.endsWith("passOn")) {
                    fixture.run(actor, () -> results.passOn(actor, seen, fixture.here.lindqvist(), "hers"));
                } else {
                    fixture.run(
                            actor,
                            () -> results.acknowledge(actor, List.of(seen), ResultDesk.Followed.REFERRED, "seen"));
                }
            })));
        }
        for (String bulk : List.of("collect", "apply", "undo", "stop", "discard", "find", "list", "items")) {
            tries.put("BulkCorrections." + bulk, List.of(each("corrects it with others", (locked, actor) -> {
                UUID batch = UUID.randomUUID();
                fixture.run(actor, () -> {
                    switch (bulk) {
                        case "collect" ->
                            bulkCorrections.collect(
                                    actor,
                                    new BulkCorrections.Order(
                                            fixture.here.facility(),
                                            new BulkCorrections.Rule.Code(
                                                    EntryType.NOTE, Concept.LOINC, "11506-3", "34117-2", "History"),
                                            null,
                                            null,
                                            "all of them"));
                        case "apply" -> bulkCorrections.apply(actor, batch, 0);
                        case "undo" -> bulkCorrections.undo(actor, batch, 0);
                        case "stop" -> bulkCorrections.stop(actor, batch);
                        case "discard" -> bulkCorrections.discard(actor, batch, 0);
                        default -> {
                            bulkCorrections.find(actor, batch);
                            bulkCorrections.list(actor, null, 10);
                            bulkCorrections.items(actor, batch, null, null, 10);
                        }
                    }
                });
            })));
        }
        for (String filing : List.of("file", "reindex", "giveBack", "view", "page", "content", "recognition")) {
            tries.put("Documents." + filing, List.of(each("indexes it as if it were a document", (locked, actor) -> {
                EntryId entry = locked.written().entry();
                String key = UUID.randomUUID().toString();
                Fixture.outside(actor, () -> {
                    try {
                        switch (filing) {
                            case "file" ->
                                documents.file(
                                        actor,
                                        new Documents.Filing(
                                                entry.value(),
                                                locked.written().version(),
                                                key,
                                                List.of(1),
                                                locked.patient(),
                                                new Documents.Identity(null, null, null, null),
                                                null,
                                                "consultation",
                                                CHANGED,
                                                PartialDate.of(2026),
                                                null,
                                                null,
                                                null,
                                                "",
                                                null,
                                                null));
                            case "reindex" ->
                                documents.reindex(
                                        actor,
                                        new Documents.Reindexing(
                                                locked.patient(),
                                                entry,
                                                locked.written().version(),
                                                key,
                                                null,
                                                "consultation",
                                                CHANGED,
                                                PartialDate.of(2026),
                                                null,
                                                null,
                                                null,
                                                "",
                                                null,
                                                null,
                                                "wrong type"));
                            case "giveBack" ->
                                documents.giveBack(
                                        actor,
                                        locked.patient(),
                                        entry,
                                        locked.written().version(),
                                        "wrong chart",
                                        key);
                            case "page" -> documents.page(actor, locked.patient(), entry, 1, 100);
                            case "content" ->
                                documents
                                        .content(actor, locked.patient(), entry)
                                        .close();
                            default -> documents.view(actor, locked.patient(), entry);
                        }
                    } catch (java.io.IOException unreadable) {
                        throw new java.io.UncheckedIOException(unreadable);
                    }
                    return documents.recognition();
                });
            })));
        }
        tries.put(
                "ChartVerification.verify",
                List.of(each(
                        "verifies", (locked, actor) -> fixture.run(actor, () -> verification.verify(checked -> {})))));
        return tries;
    }

    private static NoteSheet changed() {
        return NoteSheet.of(Map.of("text", CHANGED));
    }

    /** A draft that goes on with the entry, from a time when it was not locked. */
    private UUID begunBefore(Locked locked, Actor actor) {
        UUID draft = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO note_draft (id, user_id, patient_id, kind, revises, based_on, content, begun_at, saved_at)
                VALUES (?, ?, ?, 'progress', ?, ?, '{"sections":{"text":"She is well."},"brought":[],"date":"","time":"",'
                    || '"author":"","source":"","job":"","statedDate":"","statedTime":"","sensitivity":"","reason":""}',
                    now(), now())
                """)
                .params(
                        draft,
                        actor.user().value(),
                        locked.patient().value(),
                        locked.written().entry().value(),
                        locked.written().version())
                .update();
        return draft;
    }

    private static Try each(String name, Attempt attempt) {
        return new Try(name, attempt, Map.of());
    }

    @Test
    void every_public_method_of_the_record_has_an_expectation() {
        Set<String> expected = new TreeSet<>(tries().keySet());
        Set<String> there = new TreeSet<>();
        for (Class<?> face : faces()) {
            if (READERS.contains(face) || face == Encounters.class) {
                continue;
            }
            Arrays.stream(face.getMethods())
                    .map(method -> face.getSimpleName() + "." + method.getName())
                    .forEach(there::add);
        }
        assertThat(there)
                .as("a new public method needs a try on a locked entry in this test")
                .isEqualTo(expected);
    }

    /** Services of the record: what the package offers to pages, imports and jobs. */
    private static List<Class<?>> faces() {
        return List.of(
                ChartWriter.class,
                Signing.class,
                Notes.class,
                NoteDrafts.class,
                NoteTexts.class,
                ChangeDesk.class,
                OrderProposals.class,
                RecordMoves.class,
                ResultDesk.class,
                BulkCorrections.class,
                Documents.class,
                ChartVerification.class,
                Encounters.class,
                ChartReader.class,
                ChartSearch.class,
                ChartSafety.class);
    }

    @Test
    void every_service_of_the_record_is_looked_at() {
        Set<String> known = faces().stream().map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> implemented = new TreeSet<>();
        com.tngtech.archunit.core.domain.JavaClasses classes =
                new com.tngtech.archunit.core.importer.ClassFileImporter().importPackages("org.chartkeeper.chart");
        classes.stream()
                .filter(each -> each.getPackageName().endsWith(".domain"))
                .flatMap(each -> each.getInterfaces().stream())
                .map(each -> each.toErasure())
                .filter(each -> Set.of(
                                "org.chartkeeper.chart", "org.chartkeeper.chart.note", "org.chartkeeper.chart.document")
                        .contains(each.getPackageName()))
                .forEach(each -> implemented.add(each.getSimpleName()));
        // These read, or know files that are in no chart yet, and nothing else.
        implemented.removeAll(Set.of("InboxItem", "IntakeState", "Intake", "DocumentTypes", "MalwareScanner"));
        assertThat(implemented).isEqualTo(known);
    }

    @Test
    void readers_and_visits_write_no_entry() {
        for (Class<?> service : List.of(
                ReaderService.class,
                SearchService.class,
                SafetyService.class,
                NoteTextService.class,
                EncounterService.class)) {
            for (Class<?> forbidden : List.of(WriterService.class, ChartStore.class, EntryRepository.class)) {
                assertThat(Arrays.stream(service.getDeclaredFields()))
                        .as("%s holds no way to write an entry", service.getSimpleName())
                        .noneMatch(field -> field.getType().equals(forbidden));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> nothing_changes_a_locked_entry_but_the_ways_of_the_design() {
        Map<String, Actor> people = people(fixture);
        return tries().entrySet().stream()
                .flatMap(method -> method.getValue().stream()
                        .flatMap(one -> people.entrySet().stream()
                                .map(who -> DynamicTest.dynamicTest(
                                        method.getKey() + ", " + one.name() + ", by " + who.getKey(),
                                        () -> check(one, who.getKey(), who.getValue())))));
    }

    private static Map<String, Actor> people(Fixture fixture) {
        Map<String, Actor> people = new LinkedHashMap<>();
        people.put("specialist", fixture.here.specialist());
        people.put("supervisor", with(fixture.here.specialist(), Permission.MOVE_CONFIRM));
        people.put("author", fixture.here.clinician());
        people.put("other clinician", fixture.here.colleague());
        people.put("coder", only(fixture.here.specialist(), Permission.CODING_WORK));
        return people;
    }

    private static Actor with(Actor actor, Permission more) {
        return only(
                actor,
                Stream.concat(actor.permissions().stream(), Stream.of(more)).toArray(Permission[]::new));
    }

    private static Actor only(Actor actor, Permission... permissions) {
        return new Actor(
                actor.user(),
                actor.name(),
                actor.practitioner(),
                actor.facility(),
                actor.facilities(),
                actor.roles(),
                Set.of(permissions));
    }

    private void check(Try one, String who, Actor actor) {
        for (Locked locked : List.of(signedHere(), authenticated())) {
            Map<Integer, String> before = versions(locked);
            String inForce = inForce(locked);
            try {
                one.attempt().on(locked, actor);
            } catch (RuntimeException refused) {
                assertThat(versions(locked))
                        .as("%s: refused, and nothing stored", locked.name())
                        .isEqualTo(before);
                assertThat(inForce(locked)).isEqualTo(inForce);
                continue;
            }
            Map<Integer, String> after = versions(locked);
            assertThat(after)
                    .as("%s: what was there is there untouched", locked.name())
                    .containsAllEntriesOf(before);
            May may = one.may()
                    .getOrDefault(
                            who,
                            who.equals("supervisor") ? one.may().getOrDefault("specialist", May.NOTHING) : May.NOTHING);
            switch (may) {
                case NOTHING -> {
                    assertThat(after)
                            .as("%s: no version is added", locked.name())
                            .isEqualTo(before);
                    assertThat(state(locked)).doesNotContain("entered-in-error").doesNotContain("pending");
                }
                case WAIT -> {
                    assertThat(after).hasSize(before.size() + 1);
                    assertThat(inForce(locked)).as("what is in force stays").isEqualTo(inForce);
                    assertThat(state(locked)).contains("pending");
                }
                case RETRACT -> {
                    assertThat(after).hasSize(before.size() + 1);
                    assertThat(state(locked)).contains("entered-in-error");
                }
            }
            if (may != May.RETRACT) {
                assertThat(inForce(locked)).as("what is in force stays").isEqualTo(inForce);
            }
        }
    }

    private Locked signedHere() {
        Written written = fixture.write(Fixture.original(patient, note("She is well.")));
        Actor author = fixture.here.clinician();
        fixture.run(
                author,
                () -> signing.sign(
                        author,
                        List.of(new Signing.VersionRef(patient, written.entry(), written.version(), written.hash())),
                        "author"));
        return new Locked("signed here", patient, written);
    }

    /** Authenticated at its source, with a practitioner of ours as its author. */
    private Locked authenticated() {
        EntryCommand command =
                Fixture.command(VersionKind.ORIGINAL, null, null, patient, note("She is well."), null, true);
        return new Locked("authenticated at its source", patient, fixture.bring(command));
    }

    @Test
    void an_import_changes_what_it_brought_and_nothing_that_was_signed_here() {
        Locked brought = authenticated();
        fixture.bring(claimed(VersionKind.CORRECTION, brought));
        assertThat(inForce(brought)).contains(CHANGED);

        Locked ours = signedHere();
        String inForce = inForce(ours);
        Map<Integer, String> versions = versions(ours);
        for (VersionKind kind : VersionKind.values()) {
            assertThatThrownBy(() -> fixture.bring(claimed(kind, ours))).isInstanceOf(RuntimeException.class);
        }
        assertThat(inForce(ours)).isEqualTo(inForce);
        assertThat(versions(ours)).isEqualTo(versions);
    }

    @Test
    void nobody_but_an_import_claims_that_a_change_was_authenticated_at_its_source() {
        for (Locked locked : List.of(signedHere(), authenticated())) {
            Map<Integer, String> versions = versions(locked);
            for (Actor actor : people(fixture).values()) {
                for (VersionKind kind : VersionKind.values()) {
                    assertThatThrownBy(() -> write(actor, claimed(kind, locked)))
                            .isInstanceOf(RuntimeException.class);
                }
            }
            assertThat(versions(locked)).isEqualTo(versions);
        }
    }

    /** A change as an import writes it. */
    private static EntryCommand claimed(VersionKind kind, Locked locked) {
        return Fixture.command(
                kind,
                locked.written().entry(),
                locked.written().version(),
                locked.patient(),
                note(CHANGED),
                "changed at the source",
                true);
    }

    private EntryCommand command(VersionKind kind, Locked locked, Content content, boolean another) {
        EntryCommand command = Fixture.change(kind, locked.written(), locked.patient(), content, "wrong side");
        return another
                ? new EntryCommand(
                        kind,
                        command.entry(),
                        command.basedOn(),
                        command.patient(),
                        command.facility(),
                        null,
                        content,
                        command.event(),
                        command.eventPrecision(),
                        new EntryCommand.Statement(
                                "practitioner", fixture.here.lindqvist(), null, Fixture.DICTATED, null),
                        command.source(),
                        command.reason(),
                        "",
                        false)
                : command;
    }

    private void write(Actor actor, EntryCommand command) {
        fixture.write(actor, List.of(command));
    }

    private void move(Actor actor, Locked locked, PatientId to) {
        Subject subject = Subject.entry(locked.patient(), locked.written().entry());
        moves.move(
                actor,
                new RecordMoves.Order(subject, moves.plan(actor, subject).seen(), to, null, "dictated for her sister"));
    }

    private static Signing.VersionRef ref(Locked locked) {
        Written written = locked.written();
        return new Signing.VersionRef(locked.patient(), written.entry(), written.version(), written.hash());
    }

    private static Content.Note note(String text) {
        return Fixture.note("progress", text);
    }

    /** Every version as the database has it, all columns. */
    private Map<Integer, String> versions(Locked locked) {
        Map<Integer, String> rows = new TreeMap<>();
        jdbc.sql("SELECT number, row_to_json(v)::text AS row FROM entry_version v WHERE entry_id = ?")
                .param(locked.written().entry().value())
                .query(row -> {
                    rows.put(row.getInt("number"), row.getString("row"));
                });
        if (rows.isEmpty()) {
            fail("the entry is gone");
        }
        return rows;
    }

    /** What counts: the content in force, the typed row, who signed. */
    private String inForce(Locked locked) {
        return jdbc.sql("""
                        SELECT v.content::text || n.status || n.kind || coalesce(e.signed_version::text, '')
                               || coalesce((SELECT string_agg(s.id::text, ' ' ORDER BY s.id) FROM signature s
                                            WHERE s.entry_id = e.id), '')
                        FROM entry e JOIN entry_version v ON v.entry_id = e.id AND v.number = e.in_force_version
                        JOIN note n ON n.id = e.id WHERE e.id = ?
                        """)
                .param(locked.written().entry().value())
                .query(String.class)
                .single();
    }

    private String state(Locked locked) {
        return jdbc.sql("SELECT status || coalesce(' pending ' || pending_kind, '') FROM entry WHERE id = ?")
                .param(locked.written().entry().value())
                .query(String.class)
                .single();
    }
}
