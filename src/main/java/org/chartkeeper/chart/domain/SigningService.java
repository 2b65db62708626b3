package org.chartkeeper.chart.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.note.NoteState;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
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
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a signature, and what becomes of it. */
@Service
class SigningService implements Signing {

    private static final int BOUND = 501;
    private static final Set<String> MEANINGS = Set.of("author", "attending", "co-signature");

    /** What the actor is to sign; an order's end goes with the order that replaces it, as one line. */
    private static final String MINE = """
            e.signer = :signer::uuid AND e.signature_state IN ('unsigned', 'co-signature due')
            AND NOT (e.type = 'medication-order' AND e.pending_kind = 'change' AND e.in_force_version > 0 AND EXISTS (
                SELECT 1 FROM medication_order next JOIN entry ne ON ne.id = next.id
                WHERE next.replaces = e.id AND ne.in_force_version = 0 AND ne.pending_kind IS NOT NULL))
            """;

    /** Laboratory and imaging; they stand on the desk by their clocks, with what is to be acknowledged alone. */
    static final String RESULT = """
            (e.type = 'diagnostic-report' OR e.type = 'observation' AND e.category IN ('laboratory', 'imaging'))
            """;

    private final JdbcClient jdbc;
    private final EntryRepository entries;
    private final ChartStore store;
    private final Sensitivity sensitivity;
    private final Names names;
    private final Directory directory;
    private final RecordRules rules;
    private final Access access;
    private final Patients patients;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SigningService(
            JdbcClient jdbc,
            EntryRepository entries,
            ChartStore store,
            Sensitivity sensitivity,
            Names names,
            Directory directory,
            RecordRules rules,
            Access access,
            Patients patients,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.entries = entries;
        this.store = store;
        this.sensitivity = sensitivity;
        this.names = names;
        this.directory = directory;
        this.rules = rules;
        this.access = access;
        this.patients = patients;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(readOnly = true)
    public Slice<Awaiting> awaiting(Actor actor, @Nullable PatientId patient, @Nullable String after, int limit) {
        return awaiting(actor, patient, after, limit, patient == null ? "NOT " + RESULT : "true");
    }

    /** Results that wait for this practitioner's signature, the oldest first. */
    List<Awaiting> results(Actor actor, int limit) {
        return awaiting(actor, null, null, limit, RESULT).items();
    }

    private Slice<Awaiting> awaiting(
            Actor actor, @Nullable PatientId patient, @Nullable String after, int limit, String which) {
        if (actor.practitioner() == null) {
            return new Slice<>(List.of(), null);
        }
        PageKey key = PageKey.of(after);
        List<Waiting> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql(select("""
                        SELECT e.* FROM entry e
                        WHERE %s AND %s AND %s AND (:patient::uuid IS NULL OR e.patient_id = :patient::uuid)
                          AND (:at::timestamptz IS NULL OR (e.entered_at, e.id) > (:at::timestamptz, :id::uuid))
                        ORDER BY e.entered_at, e.id LIMIT :limit
                        """.formatted(MINE, which, Sensitivity.PREDICATE))))
                .param("signer", actor.practitioner().toString())
                .param("patient", patient == null ? null : patient.toString())
                .param("at", key == null ? null : key.at().toString())
                .param("id", key == null ? null : key.id().toString())
                .param("limit", limit + 1)
                .query((row, number) -> waiting(row))
                .list();
        List<Waiting> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = null;
        if (found.size() > limit && !page.isEmpty()) {
            EntryRow last = page.get(page.size() - 1).entry;
            next = new PageKey(last.enteredAt(), last.id()).toString();
        }
        return new Slice<>(views(page), next);
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(readOnly = true)
    public int count(Actor actor) {
        if (actor.practitioner() == null) {
            return 0;
        }
        return sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT count(*) FROM (
                            SELECT 1 FROM entry e WHERE %1$s AND %2$s
                            UNION ALL
                            SELECT 1 FROM result_due d JOIN entry e ON e.id = d.entry_id
                            WHERE d.practitioner_id = :signer::uuid AND %2$s
                            LIMIT %3$d) bounded
                        """.formatted(MINE, Sensitivity.PREDICATE, BOUND)))
                .param("signer", actor.practitioner().toString())
                .query(Integer.class)
                .single();
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @Transactional(readOnly = true)
    public List<Awaiting> returned(Actor actor, int limit) {
        List<Waiting> found = sensitivity
                .visible(actor)
                .bind(jdbc.sql(select("""
                        SELECT e.* FROM entry e
                        WHERE e.entered_by = :user AND e.signature_state = 'returned' AND %s
                        ORDER BY e.entered_at, e.id LIMIT :limit
                        """.formatted(Sensitivity.PREDICATE))))
                .param("user", actor.user().value())
                .param("limit", limit)
                .query((row, number) -> waiting(row))
                .list();
        return views(found);
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.CHART_SIGN})
    @Transactional(readOnly = true)
    public List<Given> signatures(PatientId patient, EntryId entry) {
        record Row(UUID practitioner, int version, Instant at, String meaning) {}
        List<Row> rows = jdbc.sql("""
                SELECT s.practitioner_id, s.number, s.signed_at, s.meaning
                FROM signature s JOIN entry e ON e.id = s.entry_id
                WHERE s.entry_id = :entry AND e.patient_id = :patient ORDER BY s.signed_at, s.id
                """)
                .param("entry", entry.value())
                .param("patient", patient.value())
                .query((row, number) -> new Row(
                        Sql.uuid(row, "practitioner_id"),
                        row.getInt("number"),
                        Sql.instant(row, "signed_at"),
                        row.getString("meaning")))
                .list();
        Names.Wanted wanted = new Names.Wanted();
        rows.forEach(row -> wanted.practitioner(row.practitioner));
        Names.Found known = names.find(wanted);
        return rows.stream()
                .map(row -> new Given(
                        row.version,
                        Objects.requireNonNullElse(known.practitioner(row.practitioner), "practitioner"),
                        row.at,
                        row.meaning))
                .toList();
    }

    /** One that waits, before names are known. {@code replaced}: of the order that it is to replace, null for others. */
    private record Waiting(
            EntryRow entry,
            ChangeRow change,
            String hash,
            @Nullable Content replaced,
            @Nullable String comment) {}

    /** The version that waits is the pending one or, where none is, the one in force. */
    private static String select(String limited) {
        return "SELECT " + EntryRow.COLUMNS + ", encode(w.hash, 'hex') AS hash, w.number, w.kind,"
                + " w.content::text AS waiting_content, before.content::text AS before_content, w.reason,"
                + " d.comment, former.content::text AS replaced_content FROM (" + limited + ") e "
                + EntryRow.CONTENTS
                + """
                 JOIN entry_version w ON w.entry_id = e.id AND w.number =
                    CASE WHEN e.pending_kind IS NULL THEN e.in_force_version ELSE e.current_version END
                 LEFT JOIN entry_version before ON before.entry_id = e.id AND before.number =
                    CASE WHEN e.pending_kind IS NULL THEN w.number - 1 ELSE e.in_force_version END
                 LEFT JOIN LATERAL (SELECT di.comment FROM version_disposition di
                    WHERE di.entry_id = e.id ORDER BY di.at DESC LIMIT 1) d ON true
                 LEFT JOIN medication_order mo ON mo.id = e.id AND e.in_force_version = 0
                 LEFT JOIN entry fe ON fe.id = mo.replaces
                 LEFT JOIN entry_version former ON former.entry_id = fe.id AND former.number = fe.in_force_version
                 ORDER BY e.entered_at, e.id
                """;
    }

    private static Waiting waiting(java.sql.ResultSet row) throws java.sql.SQLException {
        EntryRow entry = EntryRow.of(row);
        String before = row.getString("before_content");
        String replaced = row.getString("replaced_content");
        Content former = replaced == null ? null : ContentJson.read(replaced);
        ChangeRow change = new ChangeRow(
                entry.id(),
                entry.type(),
                row.getInt("number"),
                "version",
                row.getString("kind"),
                ContentJson.read(row.getString("waiting_content")),
                former != null ? former : before == null ? null : ContentJson.read(before),
                entry.statedBy(),
                entry.statedByPractitioner(),
                entry.statedByName(),
                entry.enteredBy(),
                entry.enteredAt(),
                entry.sourceKind(),
                row.getString("reason"),
                entry.version(),
                null,
                entry.pendingKind(),
                entry.signature());
        return new Waiting(entry, change, row.getString("hash"), former, row.getString("comment"));
    }

    private List<Awaiting> views(List<Waiting> found) {
        Names.Wanted wanted = new Names.Wanted();
        Set<PatientId> whose = new LinkedHashSet<>();
        for (Waiting one : found) {
            one.entry.want(wanted);
            whose.add(new PatientId(one.entry.patient()));
        }
        Names.Found known = names.find(wanted);
        Map<PatientId, PatientSummary> people = whose.isEmpty() ? Map.of() : patients.summaries(whose);
        return found.stream()
                .map(one -> {
                    PatientSummary person = people.get(new PatientId(one.entry.patient()));
                    return new Awaiting(
                            one.entry.view(known),
                            person == null ? "" : person.label(),
                            person == null ? null : person.birthDate(),
                            one.hash,
                            one.change.view(known),
                            one.comment);
                })
                .toList();
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void sign(Actor actor, List<VersionRef> versions, String meaning) {
        if (!MEANINGS.contains(meaning)) {
            throw new Rejected(List.of(
                    Problem.error("meaning", "A signature is given as author, attending or" + " co-signature.")));
        }
        Work work = new Work(actor, versions);
        for (VersionRef ref : versions) {
            work.sign(ref, meaning);
        }
        entries.flush();
        amended(work.amended);
        checkedAnew(work.locked.values());
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(Actor actor, VersionRef version, String comment) {
        needed("comment", comment);
        Work work = new Work(actor, List.of(version));
        EntryEntity entry = work.checked(version);
        UUID event = work.record("entry.return", entry, version.version());
        work.dispose(entry, "returned", comment, null, event);
        entry.signatureState = EntryEntity.RETURNED;
        EntryEntity former = work.replacedBy(entry);
        if (former != null) {
            former.signatureState = EntryEntity.RETURNED;
        }
        entries.flush();
        returned(entry);
        checkedAnew(List.of(entry));
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void notMine(Actor actor, VersionRef version, @Nullable PractitionerId to, String reason) {
        needed("reason", reason);
        Work work = new Work(actor, List.of(version));
        EntryEntity entry = work.checked(version);
        if (to != null && to.equals(actor.practitioner())) {
            throw new Rejected(List.of(Problem.error("to", "Choose another practitioner.")));
        }
        if (to != null && !directory.practitioners(List.of(to)).containsKey(to)) {
            throw new Rejected(List.of(Problem.error("to", "There is no such practitioner.")));
        }
        UUID event = work.record("entry.not-mine", entry, version.version());
        work.dispose(entry, "not mine", reason, to, event);
        work.pass(entry, to);
        EntryEntity former = work.replacedBy(entry);
        if (former != null) {
            work.pass(former, to);
        }
        entries.flush();
        checkedAnew(List.of(entry));
        if (to == null) {
            returned(entry);
        }
    }

    /** Whoever works on the visit hears that something of it came back. */
    private void returned(EntryEntity entry) {
        UUID visit = entry.encounterId;
        if (visit != null) {
            events.publishEvent(new ChartEvent.Returned(
                    new PatientId(entry.patientId), new EntryId(entry.id), new EncounterId(visit)));
        }
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional(propagation = Propagation.MANDATORY)
    public void refuse(Actor actor, VersionRef version, String statement) {
        needed("statement", statement);
        Work work = new Work(actor, List.of(version));
        EntryEntity entry = work.checked(version);
        UUID event = work.record("entry.refuse", entry, version.version());
        work.dispose(entry, "refused", statement, null, event);
        EntryEntity former = work.replacedBy(entry);
        if (former != null) {
            work.dispose(former, "refused", statement, null, event);
            former.dropPending();
        }
        if (entry.pendingKind != null && !entry.proposed() || entry.locked()) {
            work.refuseChange(entry);
        } else {
            work.strike(entry, statement, event);
        }
        entries.flush();
        amended(work.amended);
        checkedAnew(List.of(entry));
    }

    /** Other words are in force than before: whoever rests on them hears of it now, as well as when they were written. */
    private void amended(Set<EntryId> changed) {
        if (!changed.isEmpty()) {
            events.publishEvent(new ChartEvent.Amended(Set.copyOf(changed)));
        }
    }

    /** What was pending came into force or went: drugs are checked against something else. */
    private void checkedAnew(Collection<EntryEntity> touched) {
        Set<PatientId> patients = touched.stream()
                .filter(entry -> Protection.checkedAgainst(entry.entryType()))
                .map(entry -> new PatientId(entry.patientId))
                .collect(Collectors.toSet());
        if (!patients.isEmpty()) {
            events.publishEvent(new ChartEvent.SafetyChanged(patients));
        }
    }

    private static void needed(String field, String text) {
        if (text.isBlank()) {
            throw new Rejected(List.of(Problem.error(field, "Say why.")));
        }
    }

    /** One call's entries, locked and checked against what the clinician saw. */
    private final class Work {
        private final Actor actor;
        private final UUID practitioner;
        private final Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        private final Map<UUID, EntryEntity> locked;
        private final Map<UUID, Map<Integer, Version>> versions = new HashMap<>();
        private final Set<UUID> signed = new HashSet<>();
        private final Set<EntryId> amended = new HashSet<>();
        private final Map<UUID, Optional<UUID>> cosigners = new HashMap<>();

        Work(Actor actor, List<VersionRef> refs) {
            PractitionerId who = actor.practitioner();
            if (who == null || !actor.may(Permission.CHART_SIGN)) {
                throw new NotAllowed("only a practitioner signs");
            }
            this.actor = actor;
            this.practitioner = who.value();
            Set<UUID> ids = new HashSet<>();
            refs.forEach(ref -> ids.add(ref.entry().value()));
            // The orders that are to be replaced go with those that replace them.
            ids.addAll(jdbc.sql("""
                            SELECT mo.replaces FROM medication_order mo JOIN entry e ON e.id = mo.id
                            WHERE mo.id = ANY (?::uuid[]) AND mo.replaces IS NOT NULL AND e.in_force_version = 0
                            """).param(Sql.uuids(ids)).query(UUID.class).list());
            this.locked = entries.lock(ids).stream().collect(Collectors.toMap(entry -> entry.id, Function.identity()));
            load(ids);
        }

        /** A version with its stored hash. */
        private record Version(VersionRow row, byte[] contentHash, byte[] hash) {}

        private void load(Collection<UUID> ids) {
            jdbc.sql("""
                    SELECT v.* FROM entry e JOIN entry_version v ON v.entry_id = e.id
                        AND v.number IN (e.current_version, e.in_force_version)
                    WHERE e.id = ANY (?::uuid[])
                    """).param(Sql.uuids(ids)).query(row -> {
                VersionRow version = ChartStore.version(row);
                versions.computeIfAbsent(version.entry(), id -> new HashMap<>())
                        .put(
                                version.number(),
                                new Version(version, row.getBytes("content_sha256"), row.getBytes("hash")));
            });
        }

        private Version version(EntryEntity entry, int number) {
            Map<Integer, Version> known = versions.get(entry.id);
            Version found = known == null ? null : known.get(number);
            if (found == null) {
                throw new IllegalStateException("entry " + entry.id + " lacks version " + number);
            }
            return found;
        }

        /** The entry of a reference, where it is what waits for this practitioner and what was seen. */
        EntryEntity checked(VersionRef ref) {
            EntryEntity entry = locked.get(ref.entry().value());
            if (entry == null
                    || !entry.patientId.equals(ref.patient().value())
                    || !sensitivity.visible(actor).sees(entry.sensitivity, entry.statedByPractitioner)) {
                throw new NotFound("entry " + ref.entry() + " of patient " + ref.patient());
            }
            if (entry.signable() != ref.version()) {
                throw new Stale("entry " + ref.entry(), ref.version(), entry.currentVersion);
            }
            boolean waits = entry.signatureState.equals(EntryEntity.UNSIGNED)
                    || entry.signatureState.equals(EntryEntity.COSIGNATURE_DUE);
            if (!waits || !practitioner.equals(entry.signer)) {
                throw new Rejected(entry.title + " does not wait for your signature.");
            }
            Version version = version(entry, ref.version());
            if (!VersionRow.hex(version.hash).equals(ref.hash())
                    || !Arrays.equals(version.row.contentHash(), version.contentHash)
                    || !Arrays.equals(version.row.hash(), version.hash)) {
                throw new Rejected(entry.title + " is not what its hash says; it cannot be signed.");
            }
            return entry;
        }

        void sign(VersionRef ref, String meaning) {
            if (signed.contains(ref.entry().value())) {
                return;
            }
            EntryEntity entry = checked(ref);
            EntryEntity former = replacedBy(entry);
            sign(entry, meaning);
            if (former != null) {
                sign(former, meaning);
            }
        }

        private void sign(EntryEntity entry, String meaning) {
            int number = entry.signable();
            Version version = version(entry, number);
            if (entry.entryType() == EntryType.NOTE
                    && ContentJson.read(version.row.content()) instanceof Content.Note note) {
                String unsignable = NoteState.unsignable(note);
                if (unsignable != null) {
                    throw new Rejected(unsignable);
                }
            }
            boolean second = entry.signatureState.equals(EntryEntity.COSIGNATURE_DUE);
            UUID event = record(second ? "entry.cosign" : "entry.sign", entry, number);
            seal(entry, number, version.hash, second ? "co-signature" : meaning, event);
            boolean pending = entry.pendingKind != null;
            boolean cosigned = entry.signatureState.equals(EntryEntity.COSIGNATURE_DUE);
            UUID cosigner = cosigned ? null : cosigner(entry);
            entry.signed(number, actor.user().value(), now);
            if (cosigner != null) {
                entry.signatureState = EntryEntity.COSIGNATURE_DUE;
                entry.signer = cosigner;
                takesPart(entry, cosigner);
            }
            if (pending) {
                Content content = ContentJson.read(version.row.content());
                entry.bringIntoForce(
                        Words.kind(version.row.kind()), content, version.row.event(), version.row.eventPrecision());
                store.updateTyped(entry, content);
                amended.add(new EntryId(entry.id));
            }
            signed.add(entry.id);
        }

        /** Who co-signs what the actor signs where the entry belongs; asked once per facility. */
        private @Nullable UUID cosigner(EntryEntity entry) {
            return cosigners
                    .computeIfAbsent(
                            entry.facilityId,
                            facility -> rules.cosigner(new PractitionerId(practitioner), new FacilityId(facility))
                                    .map(PractitionerId::value))
                    .orElse(null);
        }

        private void seal(EntryEntity entry, int number, byte[] hash, String meaning, UUID event) {
            jdbc.sql("""
                    INSERT INTO signature (id, entry_id, number, patient_id, hash, practitioner_id, user_id, signed_at,
                                           meaning, audit_event)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            Uuid7.next(),
                            entry.id,
                            number,
                            entry.patientId,
                            hash,
                            practitioner,
                            actor.user().value(),
                            Sql.timestamp(now),
                            meaning,
                            event)
                    .update();
        }

        /** The order that this proposal is to replace and whose end waits with it; null where there is none. */
        @Nullable
        EntryEntity replacedBy(EntryEntity entry) {
            if (!entry.proposed()) {
                return null;
            }
            UUID id = TypedRows.replaced(
                    ContentJson.read(version(entry, entry.currentVersion).row.content()));
            EntryEntity former = id == null ? null : locked.get(id);
            return former != null && Objects.equals(former.pendingKind, "change") ? former : null;
        }

        void dispose(EntryEntity entry, String kind, String comment, @Nullable PractitionerId to, UUID event) {
            store.dispose(
                    new ChartStore.Disposition(
                            entry.id,
                            entry.signable(),
                            entry.patientId,
                            kind,
                            actor.user().value(),
                            now,
                            comment,
                            to == null ? null : to.value()),
                    event);
        }

        void pass(EntryEntity entry, @Nullable PractitionerId to) {
            if (to == null) {
                entry.signatureState = EntryEntity.RETURNED;
            } else {
                entry.signer = to.value();
                takesPart(entry, to.value());
            }
        }

        /** Who is asked to sign may read the chart that the signature answers for. */
        private void takesPart(EntryEntity entry, UUID practitioner) {
            access.careRelation(new Access.CareRelation(
                    new PatientId(entry.patientId),
                    new PractitionerId(practitioner),
                    "recipient",
                    entry.encounterId == null ? null : new EncounterId(entry.encounterId),
                    null));
        }

        /** A change is refused: what was in force stays, and no signature is asked for it again. */
        void refuseChange(EntryEntity entry) {
            if (entry.pendingKind != null) {
                entry.dropPending();
            } else {
                // In force at once because it protects; it stays so, with the refusal beside it, until it is changed.
                // One
                // that was signed and not co-signed stays signed.
                entry.signatureState = entry.signatureState.equals(EntryEntity.COSIGNATURE_DUE)
                        ? EntryEntity.SIGNED
                        : EntryEntity.NONE_NEEDED;
            }
        }

        /** What was entered and never signed is entered in error, by the one who refused it. */
        void strike(EntryEntity entry, String statement, UUID event) {
            Version newest = version(entry, entry.currentVersion);
            VersionRow version = new VersionRow(
                    entry.id,
                    entry.patientId,
                    entry.facilityId,
                    entry.encounterId,
                    entry.type,
                    entry.currentVersion + 1,
                    Words.of(VersionKind.RETRACTION),
                    newest.row.content(),
                    now,
                    "second",
                    "practitioner",
                    practitioner,
                    null,
                    now,
                    actor.user().value(),
                    now,
                    Texts.clean(statement),
                    "direct",
                    null,
                    null,
                    newest.hash);
            store.insertVersion(version, event);
            Content content = ContentJson.read(version.content());
            entry.newest(version);
            entry.bringIntoForce(VersionKind.RETRACTION, content, now, "second");
            entry.signed(version.number(), actor.user().value(), now);
            store.updateTyped(entry, content);
            amended.add(new EntryId(entry.id));
            seal(entry, version.number(), version.hash(), "refusal", event);
        }

        UUID record(String action, EntryEntity entry, int version) {
            return audit.record(AuditEvent.done(action)
                            .of(new PatientId(entry.patientId))
                            .at(new FacilityId(entry.facilityId))
                            .on("entry", entry.id)
                            .version(version))
                    .value();
        }
    }
}
