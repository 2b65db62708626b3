package org.chartkeeper.patient.domain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.chartkeeper.patient.AddressKind;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Ethnicity;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.IdentifierKind;
import org.chartkeeper.patient.ImportedPatient;
import org.chartkeeper.patient.MaritalStatus;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.Patients.Imported;
import org.chartkeeper.patient.Patients.ImportedCoverage;
import org.chartkeeper.patient.Patients.ImportedRelated;
import org.chartkeeper.patient.Race;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.patient.TelecomUse;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes patients from imports. What a source says is taken as it is: nothing of it is judged as a form would be. */
@Component
class Importer {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final PatientRows rows;
    private final Registrar registrar;
    private final Numbering numbering;
    private final Duplicates duplicates;
    private final JdbcClient database;

    Importer(PatientRows rows, Registrar registrar, Numbering numbering, Duplicates duplicates, JdbcClient database) {
        this.rows = rows;
        this.registrar = registrar;
        this.numbering = numbering;
        this.duplicates = duplicates;
        this.database = database;
    }

    /** What was read last for an id of a source. */
    private record Read(PatientId patient, String hash, int version) {}

    Imported patient(ImportedPatient imported, FacilityId facility, String source) {
        Optional<Read> read = read(source, imported.sourceId());
        if (read.isPresent() && read.get().hash().equals(imported.contentHash())) {
            return new Imported(read.get().patient(), Imported.Outcome.UNCHANGED, List.of());
        }
        PatientId known = read.map(Read::patient).or(() -> carrier(imported)).orElse(null);
        return known == null
                ? store(imported, facility, source)
                : update(imported, facility, source, known, read.orElse(null));
    }

    private Imported store(ImportedPatient imported, FacilityId facility, String source) {
        PatientId patient = PatientId.next();
        Demographics data = data(imported, List.of()).toBuilder()
                .mrn(Demographics.Mrn.of(facility, numbering.nextMrn(facility)))
                .build();
        List<PatientId> likely = duplicates.all(data, patient);
        State state = registrar.write(
                patient,
                null,
                data,
                new Registrar.Deed("patient.import", "imported", null, null),
                filing(facility, source, imported.sourceId()));
        remember(source, imported, patient, state.version());
        return new Imported(patient, Imported.Outcome.STORED, likely);
    }

    private Imported update(
            ImportedPatient imported, FacilityId facility, String source, PatientId known, @Nullable Read read) {
        State before = rows.lock(known)
                .map(state -> state.mergedInto() == null ? state : survivor(state.mergedInto()))
                .orElseThrow(() -> new NotFound("patient " + known));
        if (read == null) {
            // The same person from another source: what is registered here stays; the numbers are added.
            Demographics data = joined(before.data(), imported, facility);
            State state =
                    data.equals(before.data()) ? before : write(before, data, facility, source, imported.sourceId());
            remember(source, imported, state.id(), state.version());
            return new Imported(
                    state.id(), state == before ? Imported.Outcome.UNCHANGED : Imported.Outcome.UPDATED, List.of());
        }
        if (before.version() != read.version()) {
            return new Imported(before.id(), Imported.Outcome.KEPT, List.of());
        }
        Demographics fresh = data(imported, before.data().identifiers());
        Demographics data = fresh.toBuilder()
                .mrns(before.data().mrns())
                .contacts(before.data().contacts())
                .coverages(before.data().coverages())
                .guarantors(before.data().guarantors())
                .careTeam(before.data().careTeam())
                .names(same(before.data().names(), fresh.names(), Importer::bare))
                .sexFacts(same(before.data().sex(), fresh.sex(), Importer::bare))
                .addresses(same(before.data().addresses(), fresh.addresses(), Importer::bare))
                .telecoms(same(before.data().telecoms(), fresh.telecoms(), Importer::bare))
                .build();
        boolean differs = !data.equals(before.data());
        State state = differs ? write(before, data, facility, source, imported.sourceId()) : before;
        remember(source, imported, state.id(), state.version());
        return new Imported(state.id(), differs ? Imported.Outcome.UPDATED : Imported.Outcome.UNCHANGED, List.of());
    }

    private State survivor(PatientId id) {
        return rows.lock(id).orElseThrow(() -> new NotFound("patient " + id));
    }

    private State write(State before, Demographics data, FacilityId facility, String source, String sourceId) {
        return registrar.write(
                before.id(),
                before,
                data,
                new Registrar.Deed("patient.import", "imported", before.alias(), before.probableChart()),
                filing(facility, source, sourceId));
    }

    private static Filing filing(FacilityId facility, String source, String sourceId) {
        return Filing.statedBy("source " + source).at(facility).from(source + "/" + sourceId);
    }

    /** Parts that say the same keep their ids, so that a version shows only what changed. */
    private static <T> List<T> same(List<T> was, List<T> now, UnaryOperator<T> bare) {
        return now.stream()
                .map(item -> was.stream()
                        .filter(old -> bare.apply(old).equals(bare.apply(item)))
                        .findFirst()
                        .orElse(item))
                .toList();
    }

    private static final UUID NONE = new UUID(0, 0);

    private static Demographics.Name bare(Demographics.Name name) {
        return new Demographics.Name(
                NONE,
                name.kind(),
                name.family(),
                name.given(),
                name.middle(),
                name.prefix(),
                name.suffix(),
                name.from(),
                name.until(),
                name.proof(),
                name.suppressed());
    }

    private static SexFact bare(SexFact fact) {
        return new SexFact(NONE, fact.kind(), fact.value(), fact.note(), fact.proof(), fact.from(), fact.until());
    }

    private static Demographics.Address bare(Demographics.Address address) {
        return new Demographics.Address(
                NONE,
                address.kind(),
                address.lines(),
                address.city(),
                address.state(),
                address.postalCode(),
                address.country(),
                address.from(),
                address.until(),
                address.returnedSince(),
                address.confidential());
    }

    private static Demographics.Telecom bare(Demographics.Telecom telecom) {
        return new Demographics.Telecom(
                NONE, telecom.system(), telecom.use(), telecom.value(), telecom.note(), telecom.until());
    }

    private Optional<Read> read(String source, String sourceId) {
        return database.sql("""
                        select patient_id, content_hash, version from patient_source where source = ? and source_id = ?
                        """)
                .params(source, sourceId)
                .query((row, number) ->
                        new Read(Sql.patient(row, "patient_id"), row.getString("content_hash"), row.getInt("version")))
                .optional();
    }

    private void remember(String source, ImportedPatient imported, PatientId patient, int version) {
        database.sql("""
                        insert into patient_source (source, source_id, patient_id, content_hash, version)
                        values (?, ?, ?, ?, ?)
                        on conflict (source, source_id) do update
                           set content_hash = excluded.content_hash, version = excluded.version
                        """)
                .params(source, imported.sourceId(), patient.value(), imported.contentHash(), version)
                .update();
    }

    /** The patient who carries one of the identifiers here, by (assigner, identifier) and nothing else. */
    private Optional<PatientId> carrier(ImportedPatient imported) {
        if (imported.identifiers().isEmpty()) {
            return Optional.empty();
        }
        String[] assigners = imported.identifiers().stream()
                .map(ImportedPatient.Identifier::assigner)
                .toArray(String[]::new);
        String[] values = imported.identifiers().stream()
                .map(ImportedPatient.Identifier::value)
                .toArray(String[]::new);
        return database.sql("""
                        select i.patient_id from unnest(?::text[], ?::text[]) as q(assigner, value)
                          join patient_identifier i on i.assigner = q.assigner and i.value = q.value and i.active
                         order by i.patient_id limit 1
                        """)
                .params(assigners, values)
                .query((row, number) -> Sql.patient(row, "patient_id"))
                .optional();
    }

    private Demographics joined(Demographics before, ImportedPatient imported, FacilityId facility) {
        Demographics.Builder data = before.toBuilder().identifiers(identifiers(imported, before.identifiers(), true));
        if (before.mrns().stream().noneMatch(mrn -> mrn.facility().equals(facility))) {
            data.mrn(Demographics.Mrn.of(facility, numbering.nextMrn(facility)));
        }
        return data.build();
    }

    private List<Demographics.Identifier> identifiers(
            ImportedPatient imported, List<Demographics.Identifier> known, boolean keepOthers) {
        Set<Demographics.Identifier> all = new LinkedHashSet<>(keepOthers ? known : List.of());
        Set<String> seen = new LinkedHashSet<>();
        for (ImportedPatient.Identifier number : imported.identifiers()) {
            if (!seen.add(number.assigner() + "\n" + number.value())) {
                continue;
            }
            IdentifierKind kind =
                    Coded.find(IdentifierKind.class, number.type()).orElse(IdentifierKind.OTHER);
            all.add(known.stream()
                    .filter(old -> old.assigner().equals(number.assigner())
                            && old.value().equals(number.value()))
                    .findFirst()
                    .orElseGet(() -> Demographics.Identifier.of(number.assigner(), number.value(), kind)));
        }
        return free(List.copyOf(all), known);
    }

    /** An identifier that another patient carries stays with that one: two may not carry the same. */
    private List<Demographics.Identifier> free(
            List<Demographics.Identifier> wanted, List<Demographics.Identifier> own) {
        List<Demographics.Identifier> fresh =
                wanted.stream().filter(number -> !own.contains(number)).toList();
        if (fresh.isEmpty()) {
            return wanted;
        }
        Set<String> taken = new LinkedHashSet<>(database.sql("""
                        select i.assigner || chr(10) || i.value from unnest(?::text[], ?::text[]) as q(assigner, value)
                          join patient_identifier i on i.assigner = q.assigner and i.value = q.value and i.active
                        """)
                .params(
                        fresh.stream().map(Demographics.Identifier::assigner).toArray(String[]::new),
                        fresh.stream().map(Demographics.Identifier::value).toArray(String[]::new))
                .query(String.class)
                .list());
        return wanted.stream()
                .filter(number -> own.contains(number) || !taken.contains(number.assigner() + "\n" + number.value()))
                .toList();
    }

    private Demographics data(ImportedPatient imported, List<Demographics.Identifier> known) {
        Demographics.Builder data = Demographics.builder()
                .birthDate(PartialDate.find(imported.birthDate()).orElse(null))
                .deceased(imported.deceased())
                .language(imported.language())
                .ethnicity(Coded.find(Ethnicity.class, imported.ethnicity()).orElse(null))
                .maritalStatus(Coded.find(MaritalStatus.class, imported.maritalStatus())
                        .orElse(null))
                .identifiers(identifiers(imported, known, false))
                .names(imported.names().stream().map(Importer::name).toList())
                .races(imported.race().stream()
                        .flatMap(race -> Coded.find(Race.class, race).stream())
                        .distinct()
                        .toList());
        if (imported.gender() != null) {
            data.sex(SexFact.of(SexFact.Kind.REGISTERED, registeredSex(imported.gender())));
        }
        String birthSex = imported.birthSex();
        if (birthSex != null) {
            data.sex(SexFact.of(
                    SexFact.Kind.AT_BIRTH, Map.of("F", "female", "M", "male").getOrDefault(birthSex, "unknown")));
        }
        if (imported.birthOrder() != null || Boolean.TRUE.equals(imported.multipleBirth())) {
            data.birth(new Demographics.Birth(imported.birthOrder(), null, null, null));
        }
        imported.addresses().forEach(address -> data.address(address(address)));
        imported.telecoms().forEach(telecom -> data.telecom(telecom(telecom)));
        return data.build();
    }

    private static String registeredSex(String gender) {
        return switch (gender) {
            case "female", "male" -> gender;
            case "other" -> "x";
            default -> "unknown";
        };
    }

    private static Demographics.Name name(ImportedPatient.Name name) {
        NameKind kind = switch (name.use()) {
            case "maiden" -> NameKind.BIRTH;
            case "old" -> NameKind.FORMER;
            case "nickname" -> NameKind.PREFERRED;
            case "anonymous" -> NameKind.ALIAS;
            default -> NameKind.LEGAL;
        };
        String[] given = BLANKS.split(name.given().strip(), 2);
        return new Demographics.Name(
                Uuid7.next(),
                kind,
                name.family(),
                given[0],
                given.length > 1 ? given[1] : null,
                name.prefix(),
                name.suffix(),
                PartialDate.find(name.from()).orElse(null),
                PartialDate.find(name.until()).orElse(null),
                null,
                false);
    }

    private static Demographics.Address address(ImportedPatient.Address address) {
        String use = address.use() == null ? "home" : address.use();
        AddressKind kind = switch (use) {
            case "work" -> AddressKind.WORK;
            case "temp" -> AddressKind.TEMPORARY;
            case "billing" -> AddressKind.BILLING;
            default -> AddressKind.HOME;
        };
        return new Demographics.Address(
                Uuid7.next(),
                kind,
                address.lines(),
                address.city(),
                address.state(),
                address.postalCode(),
                address.country(),
                PartialDate.find(address.from()).orElse(null),
                PartialDate.find(address.until()).orElse(null),
                null,
                false);
    }

    private static Demographics.Telecom telecom(ImportedPatient.Telecom telecom) {
        return Demographics.Telecom.of(
                Coded.find(TelecomSystem.class, telecom.system()).orElse(TelecomSystem.PHONE),
                Coded.find(TelecomUse.class, telecom.use()).orElse(TelecomUse.OTHER),
                telecom.value());
    }

    /** Replaces coverages of the same source and id; others stay. */
    void coverage(PatientId patient, String source, List<ImportedCoverage> imported) {
        State before = survivor(patient);
        List<Demographics.Coverage> all = new ArrayList<>(before.data().coverages());
        for (ImportedCoverage coverage : imported) {
            int at = index(all, one -> own(one.source(), one.sourceId(), source, coverage.sourceId()));
            Demographics.Coverage old = at < 0 ? null : all.get(at);
            Demographics.Coverage now = new Demographics.Coverage(
                    old == null ? Uuid7.next() : old.id(),
                    old == null ? all.size() + 1 : old.rank(),
                    coverage.payer(),
                    coverage.plan(),
                    coverage.memberId(),
                    coverage.groupNumber(),
                    coverage.subscriber(),
                    coverage.relationship(),
                    PartialDate.find(coverage.from()).orElse(null),
                    PartialDate.find(coverage.until()).orElse(null),
                    old == null ? null : old.verifiedOn(),
                    old == null ? null : old.verifiedBy(),
                    source,
                    coverage.sourceId());
            if (at < 0) {
                all.add(now);
            } else {
                all.set(at, now);
            }
        }
        writeBeside(before, before.data().toBuilder().coverages(all).build(), source);
    }

    /** Replaces related persons of the same source and id; roles that were given here stay. */
    void related(PatientId patient, String source, List<ImportedRelated> imported) {
        State before = survivor(patient);
        List<Demographics.Contact> all = new ArrayList<>(before.data().contacts());
        for (ImportedRelated person : imported) {
            int at = index(all, one -> own(one.source(), one.sourceId(), source, person.sourceId()));
            Demographics.Contact old = at < 0 ? null : all.get(at);
            String relationship = person.relationship();
            Demographics.Contact now = new Demographics.Contact(
                    old == null ? Uuid7.next() : old.id(),
                    person.name(),
                    relationship == null ? null : relationship.toLowerCase(Locale.US),
                    person.phone(),
                    old == null ? null : old.email(),
                    old == null ? null : old.address(),
                    old == null ? null : old.note(),
                    old == null ? List.of() : old.roles(),
                    source,
                    person.sourceId());
            if (at < 0) {
                all.add(now);
            } else {
                all.set(at, now);
            }
        }
        writeBeside(before, before.data().toBuilder().contacts(all).build(), source);
    }

    /** A version of the import's own: the patient still counts as not changed by a person. */
    private void writeBeside(State before, Demographics data, String source) {
        if (data.equals(before.data())) {
            return;
        }
        State after = write(before, data, before.facility(), source, "related");
        database.sql("update patient_source set version = ? where patient_id = ? and version = ?")
                .params(after.version(), before.id().value(), before.version())
                .update();
    }

    private static boolean own(@Nullable String source, @Nullable String id, String ofSource, String ofId) {
        return Objects.equals(source, ofSource) && Objects.equals(id, ofId);
    }

    private static <T> int index(List<T> items, Predicate<T> test) {
        for (int i = 0; i < items.size(); i++) {
            if (test.test(items.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
