package org.chartkeeper.exchange.domain.fhir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.exchange.domain.fhir.IdentityStore.Identity;
import org.chartkeeper.exchange.domain.fhir.RunStore.Loose;
import org.chartkeeper.exchange.domain.fhir.RunStore.Trouble;
import org.chartkeeper.exchange.domain.fhir.Tally.Fate;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a piece of a run, in the caller's transaction: registration, visits, entries, what is kept whole, and counts. */
@Component
class ChunkWriter {

    private final Patients patients;
    private final Directory directory;
    private final Encounters encounters;
    private final ChartWriter chart;
    private final Access access;
    private final AuditTrail audit;
    private final IdentityStore identities;
    private final TargetFinder finder;
    private final RunStore runs;
    private final Clock clock;
    private final Map<String, EntryMapper> mappers;

    ChunkWriter(
            Patients patients,
            Directory directory,
            Encounters encounters,
            ChartWriter chart,
            Access access,
            AuditTrail audit,
            IdentityStore identities,
            TargetFinder finder,
            RunStore runs,
            ContentStore store,
            Clock clock) {
        this.patients = patients;
        this.directory = directory;
        this.encounters = encounters;
        this.chart = chart;
        this.access = access;
        this.audit = audit;
        this.identities = identities;
        this.finder = finder;
        this.runs = runs;
        this.clock = clock;
        this.mappers = Preparer.mappers(content -> {
            try {
                return store.put(new ByteArrayInputStream(content)).sha256();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What came of a piece; {@code fresh} is for the cache once it is committed. */
    record Written(Tally tally, Map<String, Target> fresh) {}

    /** @param cache of targets that were committed */
    Written write(Run run, Pass pass, List<Incoming> items, TargetCache cache, ZoneId zone) {
        Piece piece = new Piece(run, pass, cache, zone);
        piece.sort(items);
        piece.resolve();
        switch (pass) {
            case DIRECTORY -> piece.directory();
            case VISITS -> piece.visits();
            case RECORD, DEFERRED -> piece.record();
        }
        piece.store();
        return new Written(piece.tally, piece.fresh);
    }

    /** The state of one call. */
    private final class Piece {
        private final Run run;
        private final Pass pass;
        private final TargetCache cache;
        private final ZoneId zone;
        private final Instant now = clock.instant();

        private final Tally tally = new Tally();
        private final List<Trouble> troubles = new ArrayList<>();
        private final Map<String, Loose> loose = new LinkedHashMap<>();
        private final Map<String, Target> fresh = new HashMap<>();

        private final List<Incoming> live = new ArrayList<>();
        private Map<String, Identity> known = new HashMap<>();
        private Map<String, Target> found = new HashMap<>();

        private final List<Identity> added = new ArrayList<>();
        private final List<Identity> changed = new ArrayList<>();
        private final List<IdentityStore.Whole> whole = new ArrayList<>();
        private final List<UUID> noLongerWhole = new ArrayList<>();
        private final List<IdentityStore.Listed> listed = new ArrayList<>();
        private final List<IdentityStore.Named> named = new ArrayList<>();
        private final Map<PatientId, Integer> wholeByPatient = new LinkedHashMap<>();

        Piece(Run run, Pass pass, TargetCache cache, ZoneId zone) {
            this.run = run;
            this.pass = pass;
            this.cache = cache;
            this.zone = zone;
        }

        /** Puts aside what is refused and what is as it was. */
        void sort(List<Incoming> items) {
            List<Incoming> readable = new ArrayList<>(items.size());
            for (Incoming item : items) {
                if (item.problem() != null) {
                    refuse(item, item.problem());
                } else {
                    readable.add(item);
                }
            }
            known = identities.find(run.source(), readable);
            for (Incoming item : readable) {
                Identity identity = known.get(item.typedKey());
                if (identity != null && identity.hash().equals(item.hash())) {
                    tally.add(item.type(), Fate.UNCHANGED);
                } else {
                    live.add(item);
                }
            }
        }

        private void refuse(Incoming item, String reason) {
            tally.add(item.type(), Fate.REFUSED);
            troubles.add(new Trouble(item.file(), item.entry(), "refused", reason));
        }

        void resolve() {
            Set<String> needs = new LinkedHashSet<>();
            for (Incoming item : live) {
                needs.addAll(item.needs());
            }
            found = finder.find(run.source(), needs, cache);
            found.forEach((key, target) -> {
                if (!target.kind().equals("entry")) {
                    fresh.put(key, target);
                }
            });
        }

        private Mapping mapping(Incoming item) {
            Element resource = resource(item);
            return new Mapping(zone, now, References.resolving(found, item.base(), resource));
        }

        private static Element resource(Incoming item) {
            return Objects.requireNonNull(item.resource());
        }

        private String file(Incoming item) {
            return run.file(item.file()).sha256();
        }

        private void loose(Incoming item, Mapping mapping) {
            for (String reference : mapping.references().unresolved()) {
                loose.merge(
                        reference.length() > 1000 ? reference.substring(0, 1000) : reference,
                        new Loose(reference, item.file(), item.entry(), 1),
                        (old, one) -> new Loose(old.reference(), old.file(), old.entry(), old.places() + 1));
            }
        }

        /** Remembers what a resource became, and that it was stored or updated. */
        private void became(
                Incoming item,
                String kind,
                UUID target,
                @Nullable UUID patient,
                @Nullable Integer version,
                boolean locked) {
            Identity before = known.get(item.typedKey());
            remember(item, before, kind, target, patient, version, locked);
            tally.add(item.type(), before == null ? Fate.STORED : Fate.UPDATED);
        }

        private void remember(
                Incoming item,
                @Nullable Identity before,
                String kind,
                UUID target,
                @Nullable UUID patient,
                @Nullable Integer version,
                boolean locked) {
            Identity identity = new Identity(
                    item.type(),
                    item.key(),
                    kind,
                    target,
                    patient,
                    item.hash(),
                    version,
                    locked,
                    before == null ? Long.valueOf(run.file(item.file()).id()) : before.file());
            (before == null ? added : changed).add(identity);
            fresh.put(item.typedKey(), Target.of(kind, target, patient));
        }

        // Directory and patients
        // ---------------------------------------------------------------------------------------

        void directory() {
            List<Incoming> practitioners = new ArrayList<>();
            for (Incoming item : live) {
                switch (item.type()) {
                    case "Practitioner" -> practitioners.add(item);
                    case "Patient" -> patient(item);
                    case "Medication" -> medication(item);
                    default -> directoryEntry(item);
                }
            }
            if (!practitioners.isEmpty()) {
                practitioners(practitioners);
            }
        }

        private void medication(Incoming item) {
            keepWhole(item, null);
            Concept drug = Codes.concept(resource(item).child("code"));
            fresh.computeIfPresent(
                    item.typedKey(), (key, target) -> new Target(target.kind(), target.id(), null, null, drug));
        }

        private void practitioners(List<Incoming> items) {
            var ids = directory.importPractitioners(
                    run.source(),
                    items.stream()
                            .map(item -> DirectoryMapper.practitioner(resource(item), item.key()))
                            .toList());
            for (int i = 0; i < items.size(); i++) {
                Incoming item = items.get(i);
                UUID id = ids.get(i).value();
                inDirectory(item, "practitioner", id);
            }
        }

        private void directoryEntry(Incoming item) {
            Identity before = known.get(item.typedKey());
            inDirectory(item, "directory", before == null ? Uuid7.next() : before.target());
        }

        private void inDirectory(Incoming item, String kind, UUID id) {
            Element resource = resource(item);
            String name = DirectoryMapper.name(resource);
            listed.add(new IdentityStore.Listed(id, item, name));
            named(item, kind, id, null);
            became(item, kind, id, null, null, false);
            fresh.put(item.typedKey(), new Target(kind, id, null, name.isEmpty() ? null : name, null));
        }

        private void named(Incoming item, String kind, UUID id, @Nullable UUID patient) {
            for (DirectoryMapper.Identifier identifier : DirectoryMapper.identifiers(resource(item))) {
                named.add(new IdentityStore.Named(
                        item.type(), identifier.system(), identifier.value(), kind, id, patient));
            }
        }

        private void patient(Incoming item) {
            Patients.Imported imported = patients.importPatient(
                    PatientMapper.map(resource(item), item.key(), item.hash(), zone), run.facility(), run.source());
            UUID id = imported.id().value();
            Identity before = known.get(item.typedKey());
            remember(item, before, "patient", id, id, null, false);
            switch (imported.outcome()) {
                case STORED -> tally.add(item.type(), Fate.STORED);
                case UPDATED -> tally.add(item.type(), Fate.UPDATED);
                case UNCHANGED -> tally.add(item.type(), before == null ? Fate.UNCHANGED : Fate.UPDATED);
                case KEPT ->
                    park(
                            item,
                            before != null ? before : identityOf(item, "patient", id, id),
                            "registration data were changed here since; the change at the source waits for a person");
            }
            for (PatientId like : imported.likelyDuplicates()) {
                troubles.add(new Trouble(
                        item.file(),
                        item.entry(),
                        "warning",
                        "warning: patient " + id + " may be the same person as patient " + like));
            }
        }

        private Identity identityOf(Incoming item, String kind, UUID target, @Nullable UUID patient) {
            return new Identity(item.type(), item.key(), kind, target, patient, item.hash(), null, false, null);
        }

        /** Lays a change aside: it counts as kept, and the same change is unchanged the next time. */
        private void park(Incoming item, Identity identity, String reason) {
            identities.park(
                    Uuid7.next(), run.source(), item, identity, run.facility().value(), run.id(), reason, now);
            tally.add(item.type(), Fate.KEPT);
            troubles.add(new Trouble(item.file(), item.entry(), "kept", reason));
        }

        private void parkKnown(Incoming item, Identity identity, String reason) {
            park(item, identity, reason);
            remember(
                    item,
                    identity,
                    identity.kind(),
                    identity.target(),
                    identity.patient(),
                    identity.version(),
                    identity.locked());
        }

        // Kept whole
        // -----------------------------------------------------------------------------------------------------

        private void keepWhole(Incoming item, @Nullable UUID patient) {
            Identity before = known.get(item.typedKey());
            UUID id = before != null && before.kind().equals("other") ? before.target() : Uuid7.next();
            whole.add(new IdentityStore.Whole(id, patient, item, file(item)));
            if (patient != null) {
                wholeByPatient.merge(new PatientId(patient), 1, Integer::sum);
            }
            became(item, "other", id, patient, null, false);
        }

        // Visits
        // -----------------------------------------------------------------------------------------------------------

        void visits() {
            List<Encounters.ImportedEncounter> visits = new ArrayList<>();
            for (Incoming item : live) {
                Element resource = resource(item);
                Mapping mapping = mapping(item);
                Target patient = mapping.references().target(resource.child("subject"), References.PATIENT);
                if (patient == null) {
                    Identity before = known.get(item.typedKey());
                    if (before != null && before.kind().equals("encounter")) {
                        parkKnown(
                                item,
                                before,
                                "at the source this no longer says whose visit it is; it waits for a person");
                    } else {
                        keepWhole(item, null);
                    }
                    loose(item, mapping);
                    continue;
                }
                visit(item, mapping, new PatientId(patient.id())).ifPresent(visits::add);
                loose(item, mapping);
            }
            encounters.importAll(run.source(), visits);
        }

        private Optional<Encounters.ImportedEncounter> visit(Incoming item, Mapping mapping, PatientId patient) {
            Element resource = resource(item);
            Encounters.NewEncounter visit = EncounterMapper.map(resource, mapping, patient, run.facility());
            Identity before = known.get(item.typedKey());
            if (visit == null) {
                keepWhole(item, patient.value());
                return Optional.empty();
            }
            UUID id = before != null && before.kind().equals("encounter") ? before.target() : Uuid7.next();
            int version = 0;
            if (before != null && before.kind().equals("encounter")) {
                Optional<EncounterView> standing = encounters.find(patient, new EncounterId(id));
                if (standing.isEmpty()) {
                    parkKnown(item, before, "at the source this visit is another patient's now; it waits for a person");
                    return Optional.empty();
                }
                version = standing.get().version();
                if (before.version() != null && version != before.version()) {
                    parkKnown(
                            item,
                            before,
                            "this visit was changed here since; the change at the source waits for a person");
                    return Optional.empty();
                }
                version++;
            } else if (before != null) {
                noLongerWhole.add(before.target());
            }
            named(item, "encounter", id, patient.value());
            became(item, "encounter", id, patient.value(), version, false);
            return Optional.of(new Encounters.ImportedEncounter(new EncounterId(id), item.key(), visit, item.hash()));
        }

        // Entries
        // ----------------------------------------------------------------------------------------------------------

        private final List<EntryCommand> commands = new ArrayList<>();
        private final Map<String, Access.CareRelation> relations = new LinkedHashMap<>();
        private final List<Incoming> deferred = new ArrayList<>();

        void record() {
            Map<Incoming, UUID> ids = new IdentityHashMap<>();
            for (Incoming item : live) {
                if (item.mapper() != null) {
                    Identity before = known.get(item.typedKey());
                    UUID id = before != null && before.kind().equals("entry") ? before.target() : Uuid7.next();
                    ids.put(item, id);
                    // Entries of the same piece may refer to each other in either direction.
                    found.put(item.typedKey(), Target.of("entry", id, null));
                }
            }
            if (pass == Pass.RECORD) {
                putOff(ids);
            }
            Map<Incoming, Draft> changes = new IdentityHashMap<>();
            for (Incoming item : live) {
                EntryMapper mapper = mappers.get(item.type());
                if (mapper != null) {
                    entry(item, mapper, Objects.requireNonNull(ids.get(item)), changes);
                } else {
                    other(item);
                }
            }
            change(changes);
            chart.write(commands);
            if (!relations.isEmpty()) {
                access.careRelations(relations.values());
            }
            runs.defer(run.id(), deferred);
        }

        /** Entries that refer to one which is not there yet wait for the end of the run, and so do those that refer to them. */
        private void putOff(Map<Incoming, UUID> ids) {
            boolean again = true;
            while (again) {
                List<Incoming> waiting = live.stream()
                        .filter(item -> item.entryNeeds().stream()
                                .anyMatch(candidates -> candidates.stream().noneMatch(found::containsKey)))
                        .toList();
                waiting.forEach(item -> {
                    found.remove(item.typedKey());
                    ids.remove(item);
                });
                deferred.addAll(waiting);
                live.removeIf(item -> waiting.stream().anyMatch(one -> one == item));
                again = !waiting.isEmpty();
            }
        }

        /** An entry as it is to be written. */
        private record Draft(
                Mapping.Mapped mapped,
                PatientId patient,
                @Nullable EncounterId encounter,
                UUID id,
                String sensitivity) {}

        private void entry(Incoming item, EntryMapper mapper, UUID id, Map<Incoming, Draft> changes) {
            Element resource = resource(item);
            Mapping mapping = mapping(item);
            Target patient = mapping.references().target(Preparer.patient(resource, true), References.PATIENT);
            Target visit = mapping.references().target(mapper.encounter(resource), References.ENCOUNTER);
            Identity before = known.get(item.typedKey());
            Mapping.Mapped mapped = mapper.map(resource, mapping);
            boolean wasEntry = before != null && before.kind().equals("entry");
            loose(item, mapping);
            if (patient == null || mapped.content() == null || (mapped.inError() && !wasEntry)) {
                if (wasEntry) {
                    parkKnown(
                            item,
                            Objects.requireNonNull(before),
                            "at the source this no longer says whose it is, or what; it waits for a person");
                } else {
                    found.remove(item.typedKey());
                    keepWhole(item, patient == null ? null : patient.id());
                }
                return;
            }
            PatientId whose = new PatientId(patient.id());
            Draft draft = new Draft(mapped, whose, visit(item, visit, whose), id, Sensitivities.of(resource));
            if (wasEntry) {
                changes.put(item, draft);
            } else {
                if (before != null) {
                    noLongerWhole.add(before.target());
                }
                commands.add(command(item, draft, VersionKind.ORIGINAL, null, null));
                became(item, "entry", id, whose.value(), 1, mapped.authenticated());
            }
            if (item.type().equals("CareTeam")) {
                for (CareTeamMapper.Member member : CareTeamMapper.members(resource, mapping)) {
                    // One that is over gives no access, and would end one that lasts.
                    if (member.until() == null || member.until().isAfter(now)) {
                        relations.merge(
                                whose + " " + member.practitioner(),
                                new Access.CareRelation(
                                        whose, member.practitioner(), "care-team", null, member.until()),
                                Piece::longer);
                    }
                }
            }
        }

        private static Access.CareRelation longer(Access.CareRelation one, Access.CareRelation other) {
            return one.until() == null || (other.until() != null && one.until().isAfter(other.until())) ? one : other;
        }

        /** The visit, where it is this patient's. */
        private @Nullable EncounterId visit(Incoming item, @Nullable Target visit, PatientId patient) {
            if (visit == null || !visit.kind().equals("encounter")) {
                return null;
            }
            if (!patient.value().equals(visit.patient())) {
                troubles.add(new Trouble(
                        item.file(),
                        item.entry(),
                        "warning",
                        "warning: the visit that it refers to is another patient's; stored without a visit"));
                return null;
            }
            return new EncounterId(visit.id());
        }

        private EntryCommand command(
                Incoming item, Draft draft, VersionKind kind, @Nullable Integer basedOn, @Nullable String reason) {
            Mapping.Mapped mapped = draft.mapped();
            FhirTime event = mapped.event() != null ? mapped.event() : mapped.statedAt();
            Instant at = event == null ? now : event.at();
            References.Stated stated = mapped.stated();
            return new EntryCommand(
                    kind,
                    new EntryId(draft.id()),
                    basedOn,
                    draft.patient(),
                    run.facility(),
                    draft.encounter(),
                    Objects.requireNonNull(mapped.content()),
                    at,
                    event == null ? "second" : event.precision(),
                    new EntryCommand.Statement(
                            stated.by(),
                            stated.practitioner(),
                            stated.name(),
                            mapped.statedAt() == null ? at : mapped.statedAt().at(),
                            null),
                    new EntryCommand.Source("import", file(item), item.place()),
                    reason,
                    draft.sensitivity(),
                    mapped.authenticated());
        }

        /** Entries that are here and whose resource changed. */
        private void change(Map<Incoming, Draft> changes) {
            if (changes.isEmpty()) {
                return;
            }
            Map<EntryId, ChartWriter.Standing> standing = chart.standing(changes.values().stream()
                    .map(draft -> new EntryId(draft.id()))
                    .toList());
            changes.forEach((item, draft) -> {
                Identity before = Objects.requireNonNull(known.get(item.typedKey()));
                ChartWriter.Standing stands = standing.get(new EntryId(draft.id()));
                String obstacle = obstacle(before, draft, stands);
                if (stands == null || obstacle != null) {
                    parkKnown(item, before, obstacle == null ? "its entry is not here any more" : obstacle);
                    return;
                }
                if (draft.mapped().inError()) {
                    Draft gone = new Draft(
                            new Mapping.Mapped(
                                    stands.newest(),
                                    draft.mapped().event(),
                                    draft.mapped().stated(),
                                    draft.mapped().statedAt(),
                                    true,
                                    true),
                            draft.patient(),
                            draft.encounter(),
                            draft.id(),
                            draft.sensitivity());
                    commands.add(command(
                            item, gone, VersionKind.RETRACTION, stands.version(), "entered in error at the source"));
                } else {
                    VersionKind kind = Changes.kind(
                            stands.newest(),
                            Objects.requireNonNull(draft.mapped().content()),
                            stands.locked());
                    commands.add(command(
                            item,
                            draft,
                            kind,
                            stands.version(),
                            kind == VersionKind.CORRECTION ? "changed at the source" : null));
                }
                became(
                        item,
                        "entry",
                        draft.id(),
                        draft.patient().value(),
                        stands.version() + 1,
                        draft.mapped().authenticated());
            });
        }

        /** Why a change at the source cannot simply be taken; null where it can. */
        private static @Nullable String obstacle(Identity before, Draft draft, ChartWriter.@Nullable Standing stands) {
            if (stands == null) {
                return null;
            }
            if (before.version() == null || stands.version() != before.version() || stands.retracted()) {
                return "this entry was changed here since; the change at the source waits for a person";
            }
            if (!stands.patient().equals(draft.patient())) {
                return "at the source this is another patient's now; it waits for a person";
            }
            if (stands.newest().type()
                    != Objects.requireNonNull(draft.mapped().content()).type()) {
                return "at the source this is of another kind now; it waits for a person";
            }
            return null;
        }

        // Everything else
        // --------------------------------------------------------------------------------------------------

        private void other(Incoming item) {
            Element resource = resource(item);
            Mapping mapping = mapping(item);
            boolean registration = item.type().equals("Coverage") || item.type().equals("RelatedPerson");
            Target patient = mapping.references()
                    .target(
                            item.type().equals("Coverage")
                                    ? resource.child("beneficiary")
                                    : Preparer.patient(resource, registration),
                            References.PATIENT);
            if (patient != null && registration) {
                PatientId whose = new PatientId(patient.id());
                if (item.type().equals("Coverage")) {
                    patients.importCoverage(
                            whose, run.source(), List.of(RegistrationMapper.coverage(resource, item.key(), mapping)));
                } else {
                    patients.importRelated(
                            whose, run.source(), List.of(RegistrationMapper.related(resource, item.key(), mapping)));
                }
            }
            loose(item, mapping);
            keepWhole(item, patient == null ? null : patient.id());
        }

        // ------------------------------------------------------------------------------------------------------------------

        void store() {
            identities.keepWhole(run.facility().value(), run.source(), whole, now);
            identities.dropWhole(noLongerWhole);
            identities.directoryEntries(run.source(), listed, now);
            identities.identifiers(run.source(), named);
            identities.add(run.source(), added);
            identities.change(run.source(), changed);
            wholeByPatient.forEach((patient, count) -> audit.record(AuditEvent.done("import.other")
                    .at(run.facility())
                    .of(patient)
                    .on("import", run.id())
                    .count(count)));
            runs.count(run.id(), tally);
            runs.trouble(run.id(), troubles);
            runs.unresolved(run.id(), loose.values());
        }
    }
}
