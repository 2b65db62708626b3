package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.ContactRole;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.Registration;
import org.chartkeeper.patient.RegistrationVersion;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.patient.Relationship;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class RegistrationService implements Registrations {

    /** Children of one mother who are born within this time are of one birth. */
    private static final Duration ONE_BIRTH = Duration.ofHours(72);

    /** How long those who treat an unidentified patient see the chart that is probably the same person's. */
    private static final Duration UNTIL_MERGED = Duration.ofDays(30);

    private final PatientRows rows;
    private final VersionRows versions;
    private final Registrar registrar;
    private final Numbering numbering;
    private final Duplicates duplicates;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Access access;
    private final Directory directory;
    private final ActorNames names;
    private final JdbcClient database;
    private final Clock clock;

    RegistrationService(
            PatientRows rows,
            VersionRows versions,
            Registrar registrar,
            Numbering numbering,
            Duplicates duplicates,
            Idempotency idempotency,
            AuditTrail audit,
            Access access,
            Directory directory,
            ActorNames names,
            JdbcClient database,
            Clock clock) {
        this.rows = rows;
        this.versions = versions;
        this.registrar = registrar;
        this.numbering = numbering;
        this.duplicates = duplicates;
        this.idempotency = idempotency;
        this.audit = audit;
        this.access = access;
        this.directory = directory;
        this.names = names;
        this.database = database;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.PATIENT_READ)
    @Transactional(readOnly = true)
    public Registration get(PatientId patient) {
        State state = rows.find(patient).orElseThrow(() -> new NotFound("patient " + patient));
        return new Registration(
                patient,
                state.version(),
                state.mergedInto(),
                state.probableChart(),
                state.facility(),
                state.data(),
                state.changedAt(),
                related(patient));
    }

    /** The other's name and MRN, nothing else: each chart is decided on for itself. */
    private List<Registration.Related> related(PatientId patient) {
        return database.sql("""
                        select r.other, r.kind, s.family, s.given,
                               (select min(m.value) from mrn m where m.patient_id = r.other) as mrn
                          from (select other_id as other, case kind when 'mother' then 'Child' else 'Twin' end as kind
                                  from related_patient where patient_id = :patient
                                union all
                                select patient_id, case kind when 'mother' then 'Mother' else 'Twin' end
                                  from related_patient where other_id = :patient) r
                          join patient_search s on s.patient_id = r.other
                         where may_see(r.other)
                         order by r.kind desc, s.given
                        """)
                .param("patient", patient.value())
                .query((row, number) -> new Registration.Related(
                        Sql.patient(row, "other"),
                        row.getString("kind"),
                        row.getString("family")
                                + (row.getString("given").isEmpty() ? "" : ", " + row.getString("given")),
                        row.getString("mrn")))
                .list();
    }

    @Override
    @Requires(Permission.PATIENT_READ)
    @Transactional(readOnly = true)
    public Demographics at(PatientId patient, int version) {
        return versions.find(patient, version)
                .map(VersionRows.Stored::data)
                .orElseThrow(() -> new NotFound("version " + version + " of patient " + patient));
    }

    @Override
    @Requires(Permission.PATIENT_READ)
    @Transactional(readOnly = true)
    public List<RegistrationVersion> history(PatientId patient) {
        List<VersionRows.Stored> stored = versions.all(patient);
        Map<UserId, String> people = names.names(
                stored.stream().map(version -> version.version().enteredBy()).collect(Collectors.toSet()));
        List<RegistrationVersion> history = new ArrayList<>();
        VersionRows.Stored before = null;
        for (VersionRows.Stored one : stored) {
            VersionRows.Version version = one.version();
            VersionRows.Accepted accepted = version.accepted();
            boolean chained = Objects.equals(version.predecessor(), before == null ? null : before.hash());
            history.add(new RegistrationVersion(
                    version.number(),
                    version.kind(),
                    version.statedBy(),
                    people.getOrDefault(version.enteredBy(), "System"),
                    version.enteredAt(),
                    version.reason(),
                    accepted == null
                            ? List.of()
                            : accepted.warnings().stream()
                                    .map(warning -> warning + " Accepted: " + accepted.because())
                                    .toList(),
                    version.source(),
                    one.hash(),
                    chained && one.intact(),
                    before == null ? List.of() : Words.differences(before.data(), one.data())));
            before = one;
        }
        return history.reversed();
    }

    @Override
    @Requires(Permission.PATIENT_SEARCH)
    @Transactional
    public List<Likely> likely(Demographics data) {
        List<Likely> likely = duplicates.visible(data, null);
        audit.record(AuditEvent.done("patient.search")
                .because("registration")
                .count(likely.size())
                .details(likely.stream()
                        .map(one -> one.patient().id().toString())
                        .collect(Collectors.joining(" "))));
        return likely;
    }

    @Override
    @Requires(Permission.PATIENT_REGISTER)
    @Transactional
    public PatientId register(Demographics data, Filing filing) {
        return once(filing, () -> {
            judge(null, data, filing);
            return store(Uuid7.next(), data, null, "registered", filing);
        });
    }

    @Override
    @Requires(Permission.PATIENT_REGISTER)
    @Transactional
    public PatientId register(Demographics data, Set<PatientId> others, Filing filing) {
        return once(filing, () -> {
            judge(null, data, filing);
            if (duplicates.visible(data, null).stream()
                    .anyMatch(one -> !others.contains(one.patient().id()))) {
                throw new LikelyExisting();
            }
            return store(Uuid7.next(), data, null, "registered", filing);
        });
    }

    private PatientId store(UUID id, Demographics data, @Nullable String alias, String kind, Filing filing) {
        PatientId patient = new PatientId(id);
        FacilityId facility = registrar.facility(filing);
        boolean numbered = data.mrns().stream().anyMatch(mrn -> mrn.facility().equals(facility));
        Demographics whole = numbered
                ? data
                : data.toBuilder()
                        .mrn(Demographics.Mrn.of(facility, numbering.nextMrn(facility)))
                        .build();
        registrar.write(patient, null, whole, new Registrar.Deed("patient.register", kind, alias, null), filing);
        return patient;
    }

    @Override
    @Requires(Permission.PATIENT_REGISTER)
    @Transactional
    public PatientId registerUnidentified(Unidentified command, Filing filing) {
        return once(filing, () -> {
            FacilityId facility = registrar.facility(filing);
            String mrn = numbering.nextMrn(facility);
            UUID id = Uuid7.next();
            Integer age = command.estimatedAge();
            if (age != null && (age < 0 || age > 120)) {
                throw new Rejected(List.of(Problem.error("estimatedAge", "An age is between 0 and 120 years.")));
            }
            // The alias row points to the patient, so the patient goes first; the lock on the sequence keeps the name.
            String alias = numbering.reserveAlias(facility);
            LocalDate today = LocalDate.now(clock.withZone(zone(facility)));
            Demographics data = Demographics.builder()
                    .identityUnknown(true)
                    .name(Demographics.Name.of(NameKind.ALIAS, "Unidentified", alias)
                            .since(PartialDate.of(today)))
                    .birthDate(age == null ? null : PartialDate.of(today.getYear() - age))
                    .birthEstimated(age != null)
                    .sex(SexFact.of(SexFact.Kind.REGISTERED, command.sex()))
                    .mrn(Demographics.Mrn.of(facility, mrn))
                    .build();
            PatientId patient = store(id, data, alias, "registered, identity unknown", filing.because(command.note()));
            numbering.useAlias(facility, alias, patient);
            return patient;
        });
    }

    @Override
    @Requires(Permission.PATIENT_REGISTER)
    @Transactional
    public PatientId registerNewborn(PatientId mother, Newborn command, Filing filing) {
        return once(filing, () -> {
            State state = rows.find(mother).orElseThrow(() -> new NotFound("patient " + mother));
            Demographics data = newborn(state.data(), command, filing);
            judge(null, data, filing);
            PatientId child = store(Uuid7.next(), data, null, "registered, newborn", filing);
            link(mother, child, "mother");
            for (PatientId sibling : born(mother, command.bornAt())) {
                if (!sibling.equals(child)) {
                    linkOnce(sibling, child, "twin");
                }
            }
            return child;
        });
    }

    private Demographics newborn(Demographics mother, Newborn command, Filing filing) {
        Demographics.Name hers = mother.nameInUse().orElseThrow(() -> new Rejected("The mother has no name."));
        String given = command.given();
        Demographics.Name name = given == null || given.isBlank()
                ? Demographics.Name.of(NameKind.NEWBORN, hers.family(), temporaryName(hers.given(), command))
                : Demographics.Name.of(NameKind.LEGAL, hers.family(), given.strip());
        ZoneId zone = zone(registrar.facility(filing));
        PartialDate day = Registrations.day(command.bornAt(), zone);
        String phone = mother.telecoms().stream()
                .filter(telecom -> telecom.until() == null
                        && Numbers.phone(telecom.value()).length() >= 7)
                .map(Demographics.Telecom::value)
                .findFirst()
                .orElse(null);
        Demographics.Builder data = Demographics.builder()
                .name(name.since(day))
                .birthDate(day)
                .birthTime(command.bornAt())
                .birth(new Demographics.Birth(
                        command.order(), command.plurality(), command.gestationDays(), command.weightGrams()))
                .sex(SexFact.of(SexFact.Kind.REGISTERED, command.sex()).since(day))
                .sex(SexFact.of(SexFact.Kind.AT_BIRTH, command.sex().equals("x") ? "undetermined" : command.sex())
                        .since(day))
                .language(mother.language())
                .interpreter(mother.interpreter())
                .contact(Demographics.Contact.of(
                        hers.full(),
                        Relationship.MOTHER,
                        phone,
                        Demographics.HeldRole.of(ContactRole.PARENT),
                        Demographics.HeldRole.of(ContactRole.NEXT_OF_KIN)));
        LocalDate today = LocalDate.now(clock);
        mother.addresses().stream()
                .filter(address -> Demographics.current(address.from(), address.until(), today))
                .findFirst()
                .ifPresent(address -> data.address(new Demographics.Address(
                        Uuid7.next(),
                        address.kind(),
                        address.lines(),
                        address.city(),
                        address.state(),
                        address.postalCode(),
                        address.country(),
                        null,
                        null,
                        null,
                        address.confidential())));
        return data.build();
    }

    /** A name that tells twins apart: "Girl A of Eleanor". */
    private static String temporaryName(String mother, Newborn command) {
        String child = switch (command.sex()) {
            case "female" -> "Girl";
            case "male" -> "Boy";
            default -> "Baby";
        };
        String letter = command.plurality() > 1 ? " " + (char) ('A' + command.order() - 1) : "";
        return child + letter + " of " + mother;
    }

    private List<PatientId> born(PatientId mother, Instant around) {
        return database.sql("""
                        select p.id from related_patient r join patient p on p.id = r.other_id
                         where r.patient_id = ? and r.kind = 'mother' and p.birth_time between ? and ?
                        """)
                .params(
                        mother.value(),
                        around.minus(ONE_BIRTH).atOffset(ZoneOffset.UTC),
                        around.plus(ONE_BIRTH).atOffset(ZoneOffset.UTC))
                .query((row, number) -> Sql.patient(row, "id"))
                .list();
    }

    @Override
    @Requires({Permission.PATIENT_REGISTER, Permission.PATIENT_EDIT})
    @Transactional
    public void linkTwins(PatientId one, PatientId other) {
        linkOnce(one, other, "twin");
    }

    private void linkOnce(PatientId one, PatientId other, String kind) {
        boolean linked = database.sql("""
                        select exists (select from related_patient where kind = :kind
                           and ((patient_id = :one and other_id = :other) or (patient_id = :other and other_id = :one)))
                        """)
                .param("kind", kind)
                .param("one", one.value())
                .param("other", other.value())
                .query(Boolean.class)
                .single();
        if (!linked) {
            link(one, other, kind);
        }
    }

    private void link(PatientId one, PatientId other, String kind) {
        AuditEventId event = audit.record(
                AuditEvent.done("patient.link").of(one).on("patient", other).because(kind));
        database.sql("""
                        insert into related_patient (id, patient_id, other_id, kind, created_at, audit_event)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        Uuid7.next(),
                        one.value(),
                        other.value(),
                        kind,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        event.value())
                .update();
    }

    @Override
    @Requires(Permission.PATIENT_EDIT)
    @Transactional
    public int change(PatientId patient, int basedOn, Demographics data, Filing filing) {
        return numberOnce(filing, () -> {
            State before = current(patient, basedOn);
            if (before.data().equals(data)) {
                return basedOn;
            }
            judge(before.data(), data, filing);
            return registrar
                    .write(
                            patient,
                            before,
                            data,
                            new Registrar.Deed(
                                    "patient.change",
                                    kind(before.data(), data),
                                    before.alias(),
                                    before.probableChart()),
                            filing)
                    .version();
        });
    }

    /** What a change is called: by the one part that differs, else edited. */
    static String kind(Demographics before, Demographics after) {
        List<String> parts = new ArrayList<>();
        add(parts, "name change", before.names(), after.names());
        add(parts, "sex and gender", before.sex(), after.sex());
        add(parts, "numbers", before.identifiers(), after.identifiers());
        add(parts, "numbers", before.mrns(), after.mrns());
        add(parts, "addresses", before.addresses(), after.addresses());
        add(parts, "contacts", before.contacts(), after.contacts());
        add(parts, "coverage", before.coverages(), after.coverages());
        add(parts, "guarantors", before.guarantors(), after.guarantors());
        add(parts, "care team", before.careTeam(), after.careTeam());
        boolean alone = parts.size() == 1
                && after.toBuilder()
                        .names(before.names())
                        .sexFacts(before.sex())
                        .identifiers(before.identifiers())
                        .mrns(before.mrns())
                        .addresses(before.addresses())
                        .contacts(before.contacts())
                        .coverages(before.coverages())
                        .guarantors(before.guarantors())
                        .careTeam(before.careTeam())
                        .build()
                        .equals(before);
        return alone ? parts.getFirst() : "edited";
    }

    private static void add(List<String> parts, String part, List<?> was, List<?> now) {
        if (!was.equals(now)) {
            parts.add(part);
        }
    }

    @Override
    @Requires(Permission.PATIENT_EDIT)
    @Transactional
    public int identify(PatientId patient, int basedOn, Demographics data, String evidence, Filing filing) {
        return numberOnce(filing, () -> {
            State before = unidentified(patient, basedOn);
            // The alias stays an alias, ended today; it never becomes a former name.
            LocalDate today = LocalDate.now(clock.withZone(zone(before.facility())));
            Demographics known = data.toBuilder()
                    .identityUnknown(false)
                    .names(data.names().stream()
                            .map(name -> name.kind() == NameKind.ALIAS && name.until() == null
                                    ? name.ended(PartialDate.of(today))
                                    : name)
                            .toList())
                    .build();
            evidence(evidence);
            judge(before.data(), known, filing);
            return registrar
                    .write(
                            patient,
                            before,
                            known,
                            new Registrar.Deed("patient.identify", "identified", before.alias(), null),
                            filing.because(evidence))
                    .version();
        });
    }

    @Override
    @Requires(Permission.PATIENT_EDIT)
    @Transactional
    public int identifyAs(PatientId patient, int basedOn, PatientId existing, String evidence, Filing filing) {
        return numberOnce(filing, () -> {
            State before = unidentified(patient, basedOn);
            evidence(evidence);
            if (existing.equals(patient)) {
                throw new Rejected(List.of(Problem.error("existing", "This is the same chart.")));
            }
            State other = rows.find(existing).orElseThrow(() -> new NotFound("patient " + existing));
            if (other.data().identityUnknown()) {
                throw new Rejected(List.of(Problem.error("existing", "That patient's identity is unknown as well.")));
            }
            // Who treats the one has to know the other's allergies and drugs now, not when the merge is done.
            access.shareCare(patient, existing, clock.instant().plus(UNTIL_MERGED));
            return registrar
                    .write(
                            patient,
                            before,
                            before.data(),
                            new Registrar.Deed("patient.identify", "probable chart linked", before.alias(), existing),
                            filing.because(evidence).from("patient " + existing))
                    .version();
        });
    }

    private static void evidence(String evidence) {
        if (evidence.isBlank()) {
            throw new Rejected(List.of(Problem.error("evidence", "Say how the identity was established.")));
        }
    }

    private State unidentified(PatientId patient, int basedOn) {
        State before = current(patient, basedOn);
        if (!before.data().identityUnknown()) {
            throw new Rejected("The identity of this patient is known already.");
        }
        return before;
    }

    private State current(PatientId patient, int basedOn) {
        State before = rows.lock(patient).orElseThrow(() -> new NotFound("patient " + patient));
        if (before.version() != basedOn) {
            throw new Stale("registration " + patient, basedOn, before.version());
        }
        if (before.mergedInto() != null) {
            throw new Rejected("This patient was merged; change the surviving one.");
        }
        return before;
    }

    @Override
    @Requires({Permission.PATIENT_REGISTER, Permission.PATIENT_EDIT})
    public List<Problem> check(@Nullable Demographics before, Demographics after) {
        return Rules.check(before, after, clock);
    }

    @Override
    @Requires(Permission.PATIENT_READ)
    @Transactional(readOnly = true)
    public List<Waiting> unidentified(FacilityId facility, int limit) {
        return database.sql("""
                        select p.id, p.alias, p.created_at from patient p
                         where p.identity_unknown and p.status = 'active' and p.home_facility = ?
                           and p.probable_chart is null and may_see(p.id)
                         order by p.created_at limit ?
                        """)
                .params(facility.value(), limit)
                .query((row, number) -> new Waiting(
                        Sql.patient(row, "id"),
                        Optional.ofNullable(row.getString("alias")).orElse(""),
                        Sql.instant(row, "created_at")))
                .list();
    }

    private void judge(@Nullable Demographics before, Demographics after, Filing filing) {
        List<Problem> problems = Rules.check(before, after, clock);
        String because = filing.acceptedBecause();
        boolean accepted = because != null && !because.isBlank();
        List<Problem> open = problems.stream()
                .filter(problem ->
                        !problem.warning() || !accepted || !filing.accepted().contains(problem.message()))
                .toList();
        if (!open.isEmpty()) {
            throw new Rejected(problems);
        }
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    private PatientId once(Filing filing, Supplier<PatientId> work) {
        String key = filing.idempotencyKey();
        return key == null
                ? work.get()
                : PatientId.of(idempotency.once(key, () -> work.get().toString()));
    }

    private int numberOnce(Filing filing, Supplier<Integer> work) {
        String key = filing.idempotencyKey();
        return key == null
                ? work.get()
                : Integer.parseInt(idempotency.once(key, () -> work.get().toString()));
    }
}
