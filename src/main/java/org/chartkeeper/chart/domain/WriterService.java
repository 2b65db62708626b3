package org.chartkeeper.chart.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.ResultUrgency;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.DepartmentId;
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
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The one writer. Commands become {@link Change}s, which are judged first and stored after. */
@Service
class WriterService implements ChartWriter {

    private final CurrentActor currentActor;
    private final Directory directory;
    private final AuditTrail audit;
    private final RecordRules rules;
    private final Sensitivity sensitivity;
    private final EntryRepository entries;
    private final ChartStore store;
    private final ResultRows results;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WriterService(
            CurrentActor currentActor,
            Directory directory,
            AuditTrail audit,
            RecordRules rules,
            Sensitivity sensitivity,
            EntryRepository entries,
            ChartStore store,
            ResultRows results,
            ApplicationEventPublisher events,
            Clock clock) {
        this.currentActor = currentActor;
        this.directory = directory;
        this.audit = audit;
        this.rules = rules;
        this.sensitivity = sensitivity;
        this.entries = entries;
        this.store = store;
        this.results = results;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN, Permission.DOCUMENT_INDEX})
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Written> write(List<EntryCommand> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        return new Batch(commands, false).write();
    }

    /**
     * Writes the two halves of a move between charts: what is retracted is so at once, whoever stated it, and what is
     * entered in the right chart comes as it stood. Who may move what is decided by {@link MoveService}.
     */
    List<Written> writeMove(List<EntryCommand> commands) {
        return new Batch(commands, true).write();
    }

    /**
     * Writes an order that replaces another once its prescriber signs, or takes such a proposal back. Who may propose what
     * is decided by {@link OrderProposalService}.
     */
    Written writeProposal(EntryCommand command) {
        return new Batch(List.of(command), false, true).write().get(0);
    }

    @Override
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN, Permission.DOCUMENT_INDEX})
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<EntryId, Standing> standing(Collection<EntryId> ids) {
        Map<EntryId, Standing> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        List<UUID> values = ids.stream().map(EntryId::value).toList();
        List<EntryEntity> locked = entries.lock(values);
        Map<UUID, ChartStore.Loaded> loaded = store.load(values);
        for (EntryEntity entry : locked) {
            ChartStore.Loaded versions = loaded.get(entry.id);
            if (versions != null) {
                found.put(
                        new EntryId(entry.id),
                        new Standing(
                                new PatientId(entry.patientId),
                                entry.currentVersion,
                                versions.newest(),
                                entry.locked(),
                                entry.retracted()));
            }
        }
        return found;
    }

    /** One entry's part in a write. */
    private static final class Change {
        final EntryEntity entry;
        final VersionRow version;
        final Content content;
        final boolean isNew;
        final byte[] contentHash;
        final byte[] hash;
        /** Whether the state in force is another than before. */
        boolean typed;

        Change(EntryEntity entry, VersionRow version, Content content, boolean isNew) {
            this.entry = entry;
            this.version = version;
            this.content = content;
            this.isNew = isNew;
            this.contentHash = version.contentHash();
            this.hash = version.hash(contentHash);
        }
    }

    /** A label that an entry did not have before. */
    private record Label(EntryEntity entry, String label, String basis) {}

    /** The state of one call. */
    private final class Batch {
        private final List<EntryCommand> commands;
        private final Actor actor = currentActor.get();
        private final Sensitivity.Visible visible = sensitivity.visible(actor);
        private final Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        private final List<Problem> problems = new ArrayList<>();
        private final Map<UUID, ChartStore.Visit> visits;
        private final Map<UUID, EntryEntity> standing = new HashMap<>();
        private Map<UUID, ChartStore.Loaded> loaded = Map.of();
        private final List<Change> changes = new ArrayList<>();
        /** What follows from a command without being one: a replaced order. */
        private final List<Change> consequences = new ArrayList<>();

        private final List<ChartStore.Disposition> withdrawn = new ArrayList<>();
        private final List<Label> labels = new ArrayList<>();
        private final boolean moving;
        private final boolean proposing;

        Batch(List<EntryCommand> commands, boolean moving) {
            this(commands, moving, false);
        }

        Batch(List<EntryCommand> commands, boolean moving, boolean proposing) {
            this.commands = commands;
            this.moving = moving;
            this.proposing = proposing;
            Set<UUID> ids = new HashSet<>();
            for (EntryCommand command : commands) {
                if (command.encounter() != null) {
                    ids.add(command.encounter().value());
                }
            }
            this.visits = store.visits(ids);
        }

        List<Written> write() {
            load();
            judge();
            guard();
            return store();
        }

        private void load() {
            Set<UUID> ids = new HashSet<>();
            Set<UUID> named = new HashSet<>();
            for (EntryCommand command : commands) {
                if (command.entry() != null && !named.add(command.entry().value())) {
                    throw new Rejected("The same entry is changed twice in one save.");
                }
                if (command.entry() != null && !original(command)) {
                    ids.add(command.entry().value());
                }
                UUID replaced = command.authenticated() || moving ? null : TypedRows.replaced(command.content());
                if (replaced != null) {
                    ids.add(replaced);
                }
                UUID parent = command.authenticated() || moving ? null : TypedRows.addendumTo(command.content());
                if (parent != null && original(command)) {
                    ids.add(parent);
                }
            }
            if (ids.isEmpty()) {
                return;
            }
            for (EntryEntity entry : entries.lock(ids)) {
                standing.put(entry.id, entry);
            }
            loaded = store.load(ids);
            // Who answers for an entry is the attending of its own visit, whatever visit a change is made at.
            Set<UUID> own = new HashSet<>();
            for (EntryEntity entry : standing.values()) {
                if (entry.encounterId != null && !visits.containsKey(entry.encounterId)) {
                    own.add(entry.encounterId);
                }
            }
            visits.putAll(store.visits(own));
        }

        private void judge() {
            for (int i = 0; i < commands.size(); i++) {
                EntryCommand command = commands.get(i);
                checkVisit(command);
                checkAuthenticated(command);
                Change change = original(command) ? create(command, i) : change(command, i);
                if (change != null) {
                    changes.add(change);
                }
            }
            if (!problems.isEmpty()) {
                throw new Rejected(problems);
            }
        }

        /** That something was signed elsewhere is what a source says, not what a person may claim. */
        private void checkAuthenticated(EntryCommand command) {
            boolean brought = original(command) && command.source().kind().equals("import");
            if (command.authenticated() && !actor.isSystem() && !moving && !brought) {
                throw new NotAllowed("only an import brings what was authenticated at its source");
            }
        }

        private void checkVisit(EntryCommand command) {
            if (command.encounter() == null) {
                return;
            }
            ChartStore.Visit visit = visits.get(command.encounter().value());
            if (visit == null || !visit.patient().equals(command.patient().value())) {
                throw new NotFound("encounter " + command.encounter() + " of patient " + command.patient());
            }
        }

        private Change create(EntryCommand command, int index) {
            checkAddendum(command, index);
            UUID id = command.entry() == null ? Uuid7.next() : command.entry().value();
            VersionKind kind = Lateness.kind(command, rules.lateAfter(command.facility()));
            UUID visit =
                    command.encounter() == null ? null : command.encounter().value();
            VersionRow version =
                    version(command, kind, id, 1, null, command.facility().value(), visit);
            EntryEntity entry = new EntryEntity(
                    id, command.patient().value(), command.facility().value(), visit, version);
            entry.newest(version);
            Change change = new Change(entry, version, command.content(), true);
            change.typed = true;
            label(entry, command);
            UUID replaced = command.authenticated() || moving ? null : TypedRows.replaced(command.content());
            if (replaced != null && replace(command, index, replaced)) {
                entry.propose(command.content(), "change");
            } else {
                entry.bringIntoForce(command.kind(), command.content(), version.event(), version.eventPrecision());
            }
            sign(entry, command);
            return change;
        }

        private @Nullable Change change(EntryCommand command, int index) {
            if (command.entry() == null) {
                throw new Rejected("A change names the entry that it changes.");
            }
            UUID id = command.entry().value();
            EntryEntity entry = standing.get(id);
            if (entry == null
                    || !entry.patientId.equals(command.patient().value())
                    || !moving && !visible.sees(entry.sensitivity, entry.statedByPractitioner)) {
                throw new NotFound("entry " + id + " of patient " + command.patient());
            }
            if (command.basedOn() == null || command.basedOn() != entry.currentVersion) {
                throw new Stale("entry " + id, command.basedOn() == null ? 0 : command.basedOn(), entry.currentVersion);
            }
            ChartStore.Loaded before = loaded(id);
            String refusal = refusal(command, entry, before);
            if (refusal != null) {
                problems.add(Problem.error(field(index, null), refusal));
                return null;
            }
            boolean reasoned = command.reason() != null && !command.reason().isBlank();
            if (!reasoned && (command.kind() == VersionKind.CORRECTION || command.kind() == VersionKind.RETRACTION)) {
                problems.add(Problem.error(field(index, "reason"), "Say why."));
                return null;
            }
            return apply(command, entry, before);
        }

        private Change apply(EntryCommand command, EntryEntity entry, ChartStore.Loaded before) {
            // An update is made at another visit than the one that the entry belongs to; a correction may say which.
            boolean replaces = command.kind() == VersionKind.REVISION || command.kind() == VersionKind.CORRECTION;
            if (replaces && command.encounter() != null) {
                entry.encounterId = command.encounter().value();
            }
            VersionRow version = next(command, command.kind(), entry, before.newestHash());
            Change change = new Change(entry, version, command.content(), false);
            boolean wasLocked = entry.locked();
            boolean proposal = entry.proposed();
            if (moving) {
                entry.takenOut(version);
            } else {
                entry.newest(version);
            }
            label(entry, command);
            String taken = command.authenticated() || moving || before.inForce() == null
                    ? null
                    : Protection.takenAway(command.kind(), before.inForce(), command.content(), wasLocked);
            if (taken != null) {
                entry.pend(taken);
            } else if (proposal && command.kind() != VersionKind.RETRACTION) {
                entry.propose(command.content(), "change");
                change.typed = true;
            } else {
                entry.bringIntoForce(command.kind(), command.content(), version.event(), version.eventPrecision());
                change.typed = true;
                if (proposal) {
                    withdrawReplacement(before.newest(), version);
                }
            }
            sign(entry, command);
            if (command.kind() == VersionKind.RETRACTION && taken == null && !command.authenticated()) {
                // It was never signed: nobody stands behind it, nobody needs to agree.
                entry.signatureState = EntryEntity.NONE_NEEDED;
            }
            return change;
        }

        private @Nullable String refusal(EntryCommand command, EntryEntity entry, ChartStore.Loaded before) {
            EntryType type = command.content().type();
            if (type != entry.entryType()) {
                return "A " + entry.entryType().label() + " cannot become a " + type.label() + ".";
            }
            String refusal = Legality.refusal(command.kind(), type, entry.standing());
            if (refusal == null && command.authenticated() && !entry.asAtSource()) {
                refusal = "This was changed or signed here since; its source does not change it any more.";
            }
            if (refusal == null && !moving && !proposing && !command.authenticated()) {
                refusal = authority(Authority.way(command.kind()), command, entry);
            }
            if (refusal != null) {
                return refusal;
            }
            if (command.kind() == VersionKind.UPDATE
                    && entry.locked()
                    && !command.authenticated()
                    && before.inForce() instanceof Content.MedicationOrder was
                    && command.content() instanceof Content.MedicationOrder now
                    && Protection.changedTerms(was, now)) {
                return "This order is signed. A changed drug, dose, route, timing or quantity is a new order that"
                        + " replaces it.";
            }
            return null;
        }

        private @Nullable String authority(Way way, EntryCommand command, EntryEntity entry) {
            ChartStore.Visit visit = entry.encounterId == null ? null : visits.get(entry.encounterId);
            Authority.Responsible responsible = entry.responsible(visit == null ? null : visit.attending());
            String refusal =
                    Authority.refusal(Authority.person(actor, responsible), way, entry.entryType(), entry.locked());
            return refusal != null || actor.isSystem()
                    ? refusal
                    : Authority.refusedSigner(way, entry.entryType(), entry.locked(), responsible, signer(command));
        }

        /** An addendum adds to something signed of the same chart, in the words of its author or the attending. */
        private void checkAddendum(EntryCommand command, int index) {
            UUID id = command.authenticated() || moving ? null : TypedRows.addendumTo(command.content());
            if (id == null) {
                return;
            }
            EntryEntity parent = standing.get(id);
            if (parent == null
                    || !parent.patientId.equals(command.patient().value())
                    || !visible.sees(parent.sensitivity, parent.statedByPractitioner)) {
                throw new NotFound("entry " + id + " of patient " + command.patient());
            }
            String refusal = Legality.refusedAddendum(parent.entryType(), parent.standing());
            if (refusal == null) {
                refusal = authority(Way.ADDENDUM, command, parent);
            }
            if (refusal != null) {
                problems.add(Problem.error(field(index, null), refusal));
            }
        }

        /** Ends the order that a new one replaces, pending the same signature; true where there is one of ours. */
        private boolean replace(EntryCommand command, int index, UUID id) {
            EntryEntity former = standing.get(id);
            if (former == null
                    || !former.patientId.equals(command.patient().value())
                    || !visible.sees(former.sensitivity, former.statedByPractitioner)) {
                throw new NotFound("entry " + id + " of patient " + command.patient());
            }
            ChartStore.Loaded before = loaded(id);
            if (!former.active
                    || former.pendingKind != null
                    || !(before.inForce() instanceof Content.MedicationOrder order)) {
                problems.add(Problem.error(
                        field(index, null),
                        former.pendingKind != null
                                ? "A change of the order that this one replaces waits for its signature."
                                : "The order that this one replaces is not active."));
                return false;
            }
            Content.MedicationOrder ended = new Content.MedicationOrder(
                    order.medication(),
                    "replaced",
                    order.dosage(),
                    order.quantity(),
                    order.refills(),
                    order.daysSupply(),
                    order.indication(),
                    order.indicationOf(),
                    order.authored(),
                    order.start(),
                    command.content() instanceof Content.MedicationOrder next && next.start() != null
                            ? next.start()
                            : order.end(),
                    "replaced",
                    order.replaces(),
                    order.prescriber(),
                    order.note());
            EntryCommand end = following(command, former, ended);
            VersionRow version = next(end, VersionKind.UPDATE, former, before.newestHash());
            Change change = new Change(former, version, ended, false);
            former.newest(version);
            former.pend("change");
            former.signer = signer(command);
            consequences.add(change);
            return true;
        }

        /** The update of another entry that follows from a command: stated by the same, from the same source. */
        private static EntryCommand following(EntryCommand command, EntryEntity entry, Content content) {
            return new EntryCommand(
                    VersionKind.UPDATE,
                    new EntryId(entry.id),
                    entry.currentVersion,
                    command.patient(),
                    command.facility(),
                    null,
                    content,
                    command.event(),
                    command.eventPrecision(),
                    command.statement(),
                    command.source(),
                    null,
                    "",
                    false);
        }

        /** The proposal is gone: the order that it was to replace goes on. */
        private void withdrawReplacement(Content proposal, VersionRow by) {
            UUID replaced = TypedRows.replaced(proposal);
            EntryEntity former = replaced == null ? null : standing.get(replaced);
            if (former == null && replaced != null) {
                List<EntryEntity> locked = entries.lock(List.of(replaced));
                former = locked.isEmpty() ? null : locked.get(0);
            }
            if (former != null && "change".equals(former.pendingKind)) {
                withdrawn.add(new ChartStore.Disposition(
                        former.id,
                        former.currentVersion,
                        former.patientId,
                        "withdrawn",
                        actor.user().value(),
                        now,
                        by.reason() == null ? "" : by.reason(),
                        null));
                former.dropPending();
            }
        }

        /** The next version of an entry that is there. */
        private VersionRow next(EntryCommand command, VersionKind kind, EntryEntity entry, byte[] predecessor) {
            return version(
                    command,
                    kind,
                    entry.id,
                    entry.currentVersion + 1,
                    predecessor,
                    entry.facilityId,
                    entry.encounterId);
        }

        private VersionRow version(
                EntryCommand command,
                VersionKind kind,
                UUID id,
                int number,
                byte @Nullable [] predecessor,
                UUID facility,
                @Nullable UUID visit) {
            EntryCommand.Statement statement = command.statement();
            EntryCommand.Source source = command.source();
            return new VersionRow(
                    id,
                    command.patient().value(),
                    facility,
                    visit,
                    command.content().type().key(),
                    number,
                    Words.of(kind),
                    ContentJson.write(command.content()),
                    command.event().truncatedTo(ChronoUnit.MICROS),
                    command.eventPrecision(),
                    statement.by(),
                    statement.practitioner() == null
                            ? null
                            : statement.practitioner().value(),
                    Texts.cleanOrNull(statement.name()),
                    statement.at().truncatedTo(ChronoUnit.MICROS),
                    actor.user().value(),
                    now,
                    Texts.cleanOrNull(command.reason()),
                    source.kind(),
                    Texts.cleanOrNull(source.reference()),
                    Texts.cleanOrNull(source.place()),
                    predecessor);
        }

        private void sign(EntryEntity entry, EntryCommand command) {
            entry.signer = signer(command);
            if (command.authenticated()) {
                entry.authenticatedAtSource();
                entry.signer = null;
            } else if (command.content().type() == EntryType.DOCUMENT && entry.pendingKind == null) {
                entry.signatureState = EntryEntity.NONE_NEEDED;
            } else {
                entry.signatureState = EntryEntity.UNSIGNED;
            }
        }

        /** Who stated it; for what a nurse or the patient stated the attending of the visit. */
        private @Nullable UUID signer(EntryCommand command) {
            EntryCommand.Statement statement = command.statement();
            if (statement.signer() != null) {
                return statement.signer().value();
            }
            PractitionerId practitioner = statement.practitioner();
            if (statement.by().equals("practitioner") && practitioner != null) {
                return practitioner.value();
            }
            ChartStore.Visit visit = command.encounter() == null
                    ? null
                    : visits.get(command.encounter().value());
            return visit == null ? null : visit.attending();
        }

        private void label(EntryEntity entry, EntryCommand command) {
            put(entry, command.sensitivity(), "hand");
            put(entry, noteLabel(command.content()), "type");
            boolean part2 = directory
                    .facility(command.facility())
                    .map(Directory.Facility::part2)
                    .orElse(false);
            put(entry, part2 ? "part2" : null, "facility");
            ChartStore.Visit visit = command.encounter() == null
                    ? null
                    : visits.get(command.encounter().value());
            if (visit != null) {
                put(
                        entry,
                        visit.department() == null
                                ? null
                                : directory
                                        .department(new DepartmentId(visit.department()))
                                        .map(Directory.Department::sensitivity)
                                        .orElse(null),
                        "department");
                // What the department was when the visit took place.
                put(entry, visit.sensitivity(), "department");
            }
            for (Concept.Coding coding : TypedRows.concept(command.content()).codings()) {
                for (String label : rules.labels(coding.system(), coding.code())) {
                    put(entry, label, "codes");
                }
            }
        }

        /** Puts labels on an entry and notes those that it did not have. */
        private void put(EntryEntity entry, @Nullable String wanted, String basis) {
            if (wanted == null || wanted.isEmpty()) {
                return;
            }
            for (String label : entry.label(wanted)) {
                labels.add(new Label(entry, label, basis));
            }
        }

        private List<@Nullable String[]> labels(Map<UUID, UUID> events) {
            List<@Nullable String[]> rows = new ArrayList<>(labels.size());
            for (Label label : labels) {
                rows.add(new @Nullable String[] {
                    Uuid7.next().toString(),
                    label.entry.id.toString(),
                    label.entry.patientId.toString(),
                    label.label,
                    "true",
                    label.basis,
                    null,
                    actor.user().toString(),
                    now.toString(),
                    event(events, label.entry.patientId).toString()
                });
            }
            return rows;
        }

        private static @Nullable String noteLabel(Content content) {
            return content instanceof Content.Note note
                            && (note.kind().equals("psychotherapy")
                                    || note.kind().equals("sud-counseling"))
                    ? note.kind()
                    : null;
        }

        /** Refuses what stands on the list already. What an import brings is taken as its source has it. */
        private void guard() {
            List<Change> guarded = changes.stream()
                    .filter(change -> guarded(change.entry) && change.entry.listed && change.version.number() == 1)
                    .toList();
            if (guarded.isEmpty()) {
                return;
            }
            Set<UUID> patients = new HashSet<>();
            guarded.forEach(change -> patients.add(change.entry.patientId));
            // What the actor may not see is not told by a refusal either.
            List<ChartStore.Listed> listed = store.listed(patients).stream()
                    .filter(other -> visible.sees(other.sensitivity(), other.statedBy()))
                    .toList();
            Map<String, UUID> here = new HashMap<>();
            Map<UUID, EntryCommand> contradicted = new HashMap<>();
            for (Change change : guarded) {
                int index = changes.indexOf(change);
                UUID replaces = TypedRows.replaced(change.content);
                String same = change.entry.patientId + change.entry.type + TypedRows.sameness(change.content);
                if (here.putIfAbsent(same, change.entry.id) != null && !moving) {
                    problems.add(Problem.error(field(index, null), change.entry.title + " is entered twice."));
                    continue;
                }
                for (ChartStore.Listed other : listed) {
                    if (other.patient().equals(change.entry.patientId)
                            && other.type().equals(change.entry.type)
                            && !other.id().equals(replaces)
                            && other.sameness().equals(TypedRows.sameness(change.content))) {
                        problems.add(Problem.error(field(index, null), onTheList(change.entry, other.title())));
                        break;
                    }
                    if (endsNoneKnown(change, other)) {
                        contradicted.put(other.id(), commands.get(index));
                    }
                    if (contradictsNoneKnown(change, other)) {
                        problems.add(Problem.error(
                                field(index, null),
                                "“No known allergies” contradicts the allergy " + other.title() + "."));
                        break;
                    }
                }
            }
            if (!problems.isEmpty()) {
                throw new Rejected(problems);
            }
            endNoneKnown(contradicted);
        }

        private static boolean endsNoneKnown(Change change, ChartStore.Listed other) {
            return change.content instanceof Content.Allergy allergy
                    && !allergy.noneKnown()
                    && other.noneKnown()
                    && other.patient().equals(change.entry.patientId);
        }

        /** Who has an allergy has no longer none: the assertion ends with it, which takes no protection away. */
        private void endNoneKnown(Map<UUID, EntryCommand> contradicted) {
            changes.forEach(change -> contradicted.remove(change.entry.id));
            if (contradicted.isEmpty()) {
                return;
            }
            List<EntryEntity> ended = entries.lock(contradicted.keySet());
            Map<UUID, ChartStore.Loaded> before = store.load(contradicted.keySet());
            for (EntryEntity entry : ended) {
                ChartStore.Loaded stands = before.get(entry.id);
                EntryCommand by = contradicted.get(entry.id);
                if (stands == null
                        || by == null
                        || !entry.active
                        || entry.pendingKind != null
                        || !(stands.inForce() instanceof Content.Allergy none)) {
                    continue;
                }
                Content.Allergy content = new Content.Allergy(
                        none.kind(),
                        none.category(),
                        none.substance(),
                        "inactive",
                        none.verificationStatus(),
                        none.criticality(),
                        none.reactions(),
                        none.onset(),
                        none.note());
                EntryCommand end = following(by, entry, content);
                VersionRow version = next(end, VersionKind.UPDATE, entry, stands.newestHash());
                Change change = new Change(entry, version, content, false);
                entry.newest(version);
                entry.bringIntoForce(VersionKind.UPDATE, content, version.event(), version.eventPrecision());
                sign(entry, end);
                entry.signer = signer(by);
                change.typed = true;
                consequences.add(change);
            }
        }

        private static boolean contradictsNoneKnown(Change change, ChartStore.Listed other) {
            return change.content instanceof Content.Allergy allergy
                    && allergy.noneKnown()
                    && other.patient().equals(change.entry.patientId)
                    && other.type().equals(EntryType.ALLERGY.key())
                    && !other.noneKnown();
        }

        private static boolean guarded(EntryEntity entry) {
            return !entry.sourceKind.equals("import")
                    && switch (entry.entryType()) {
                        case ALLERGY, CONDITION, MEDICATION_ORDER, MEDICATION_STATEMENT -> true;
                        default -> false;
                    };
        }

        private static String onTheList(EntryEntity entry, String title) {
            return switch (entry.entryType()) {
                case ALLERGY -> title + " is already on the allergy list.";
                case CONDITION -> title + " is already on the problem list.";
                default ->
                    title + " is already on the medication list. A changed dose is a new order that replaces it.";
            };
        }

        private List<Written> store() {
            List<Change> all = new ArrayList<>(changes);
            all.addAll(consequences);
            Map<UUID, UUID> events = record(all);
            List<@Nullable String[]> headers = new ArrayList<>();
            List<@Nullable String[]> versions = new ArrayList<>();
            Map<EntryType, List<@Nullable String[]>> typedNew = new LinkedHashMap<>();
            Map<EntryType, List<@Nullable String[]>> typedChanged = new LinkedHashMap<>();
            for (Change change : all) {
                versions.add(ChartStore.versionRow(
                        change.version, change.contentHash, change.hash, events.get(change.entry.patientId)));
                if (change.isNew) {
                    headers.add(change.entry.row());
                }
                if (change.typed) {
                    (change.isNew ? typedNew : typedChanged)
                            .computeIfAbsent(change.entry.entryType(), type -> new ArrayList<>())
                            .add(ChartStore.typedRow(change.entry, change.content));
                }
            }
            try {
                store.insert(headers, versions, typedNew, typedChanged, labels(events));
            } catch (DuplicateKeyException e) {
                // Another save got there between our look and our row.
                throw new Rejected("One of these was entered by somebody else just now. Read the chart again.");
            }
            for (ChartStore.Disposition disposition : withdrawn) {
                store.dispose(disposition, event(events, disposition.patient()));
            }
            entries.flush();
            expect();
            tell();
            return changes.stream()
                    .map(change -> new Written(
                            new EntryId(change.entry.id),
                            change.version.number(),
                            VersionRow.hex(change.hash),
                            change.entry.pendingKind != null))
                    .toList();
        }

        /** Results that were final at their source wait for whom they name; one that waits does so in its newest version. */
        private void expect() {
            List<ResultRows.Expected> expected = new ArrayList<>();
            List<UUID> changed = new ArrayList<>();
            for (int i = 0; i < changes.size() && !moving; i++) {
                Change change = changes.get(i);
                Optional<ResultUrgency> urgency = ResultUrgency.of(change.content);
                PractitionerId whose = commands.get(i).statement().signer();
                if (urgency.isEmpty()) {
                    continue;
                }
                if (whose != null && commands.get(i).authenticated()) {
                    expected.add(new ResultRows.Expected(
                            change.entry.id,
                            change.entry.patientId,
                            whose.value(),
                            change.version.number(),
                            urgency.get(),
                            now));
                } else if (!change.isNew) {
                    changed.add(change.entry.id);
                }
            }
            results.expect(expected);
            results.changed(changed);
        }

        /** Who works on these visits hears that their documentation came. */
        private void tell() {
            Set<EncounterId> documented = commands.stream()
                    .filter(command -> !command.authenticated() && command.encounter() != null)
                    .filter(command -> command.content().type() == EntryType.NOTE
                            || command.content().type() == EntryType.DOCUMENT)
                    .map(EntryCommand::encounter)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            if (!documented.isEmpty()) {
                WriterService.this.events.publishEvent(new ChartEvent.Documented(documented));
            }
            Set<EntryId> amended = Stream.concat(changes.stream(), consequences.stream())
                    .map(change -> change.isNew ? amends(change.content) : new EntryId(change.entry.id))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            if (!amended.isEmpty()) {
                WriterService.this.events.publishEvent(new ChartEvent.Amended(amended));
            }
            Set<PatientId> checked = Stream.concat(changes.stream(), consequences.stream())
                    .filter(change -> Protection.checkedAgainst(change.entry.entryType()))
                    .map(change -> new PatientId(change.entry.patientId))
                    .collect(Collectors.toSet());
            if (!checked.isEmpty()) {
                WriterService.this.events.publishEvent(new ChartEvent.SafetyChanged(checked));
            }
        }

        private static @Nullable EntryId amends(Content content) {
            Content.EntryRef to = content instanceof Content.Note note ? note.addendumTo() : null;
            // What an import points at may be no entry of ours.
            return to != null && to.entry().matches("[0-9a-f-]{36}") ? EntryId.of(to.entry()) : null;
        }

        /** One event per patient; that of a single entry names it. */
        private Map<UUID, UUID> record(Collection<Change> all) {
            Map<UUID, List<Change>> byPatient = new LinkedHashMap<>();
            for (Change change : all) {
                byPatient
                        .computeIfAbsent(change.entry.patientId, patient -> new ArrayList<>())
                        .add(change);
            }
            Map<UUID, UUID> events = new HashMap<>();
            byPatient.forEach((patient, theirs) -> {
                EntryEntity first = theirs.get(0).entry;
                AuditEvent event = AuditEvent.done("entry.write")
                        .of(new PatientId(patient))
                        .at(new FacilityId(first.facilityId))
                        .count(theirs.size());
                if (theirs.size() == 1) {
                    event = event.on("entry", first.id)
                            .version(theirs.get(0).version.number());
                }
                events.put(patient, audit.record(event).value());
            });
            return events;
        }

        private static UUID event(Map<UUID, UUID> events, UUID patient) {
            UUID event = events.get(patient);
            if (event == null) {
                throw new IllegalStateException("no event for a patient of this write");
            }
            return event;
        }

        private ChartStore.Loaded loaded(UUID id) {
            ChartStore.Loaded found = loaded.get(id);
            if (found == null) {
                throw new IllegalStateException("entry " + id + " has no version");
            }
            return found;
        }

        private static boolean original(EntryCommand command) {
            return command.kind() == VersionKind.ORIGINAL || command.kind() == VersionKind.LATE_ENTRY;
        }

        private @Nullable String field(int index, @Nullable String name) {
            if (commands.size() == 1) {
                return name;
            }
            return "commands[" + index + "]" + (name == null ? "" : "." + name);
        }
    }
}
