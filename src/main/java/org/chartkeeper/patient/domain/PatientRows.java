package org.chartkeeper.patient.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The patient's row and the current rows of its lists. Reads come from the current version, whose text is the truth. */
@Repository
class PatientRows {

    private static final String COLUMNS = """
            select p.id, p.version, p.merged_into, p.probable_chart, p.alias, p.home_facility, p.changed_at,
                   v.content::text as content, v.hash
            """;
    private static final String FROM = """
              from patient p join patient_version v on v.patient_id = p.id and v.number = p.version
            """;
    private static final String STATE = COLUMNS + FROM;

    private final JdbcClient database;
    private final JdbcTemplate batches;

    PatientRows(JdbcClient database, JdbcTemplate batches) {
        this.database = database;
        this.batches = batches;
    }

    Optional<State> find(PatientId patient) {
        return database.sql(STATE + " where p.id = ?")
                .param(patient.value())
                .query((row, number) -> state(row))
                .optional();
    }

    /**
     * A patient's state and who else has the name.
     *
     * @param sameNames others whom the actor may see, each with birth date, for showing
     */
    record Named(State state, List<String> sameNames) {}

    /** Both in one statement: every page of a chart asks for them. */
    Optional<Named> named(PatientId patient, int mostNames) {
        return database.sql(COLUMNS + """
                             , array(select o.given || ' ' || o.family || chr(10) || coalesce(o.birth_date, '')
                                       from patient_search s
                                       join patient_search o on o.name_key = s.name_key and o.patient_id <> s.patient_id
                                      where s.patient_id = p.id and s.family <> '' and may_see(o.patient_id)
                                      order by (o.family = s.family and o.given = s.given) desc, o.birth_from
                                      limit :most) as same_names
                        """ + FROM + " where p.id = :id")
                .param("most", mostNames)
                .param("id", patient.value())
                .query((row, number) -> new Named(state(row), sameNames(row)))
                .optional();
    }

    private static List<String> sameNames(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("same_names").getArray())
                .map(other -> {
                    int end = other.indexOf('\n');
                    return other.substring(0, end)
                            + PartialDate.find(other.substring(end + 1))
                                    .map(born -> ", born " + born.show())
                                    .orElse(", birth date unknown");
                })
                .toList();
    }

    /** The same, locked until the transaction ends. */
    Optional<State> lock(PatientId patient) {
        return database.sql(STATE + " where p.id = ? for update of p")
                .param(patient.value())
                .query((row, number) -> state(row))
                .optional();
    }

    List<State> find(Collection<PatientId> patients) {
        if (patients.isEmpty()) {
            return List.of();
        }
        return database.sql(STATE + " where p.id = any(?)")
                .param(patients.stream().map(PatientId::value).toArray(UUID[]::new))
                .query((row, number) -> state(row))
                .list();
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                Sql.patient(row, "id"),
                row.getInt("version"),
                Sql.patientOrNull(row, "merged_into"),
                Sql.patientOrNull(row, "probable_chart"),
                row.getString("alias"),
                new FacilityId(row.getObject("home_facility", UUID.class)),
                Contents.read(row.getString("content")),
                row.getString("hash"),
                Sql.instant(row, "changed_at"));
    }

    /** Stores the row of a new state; the version's own row follows. */
    void write(@Nullable State before, State after) {
        Demographics data = after.data();
        PartialDate born = data.birthDate();
        Demographics.Birth birth = data.birth();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(after.version());
        values.add(data.identityUnknown());
        values.add(after.alias());
        values.add(after.probableChart() == null ? null : after.probableChart().value());
        values.add(text(born));
        values.add(born == null ? null : born.from());
        values.add(born == null ? null : born.to());
        values.add(data.birthEstimated());
        values.add(Sql.moment(data.birthTime()));
        values.add(birth == null ? null : birth.order());
        values.add(birth == null ? null : birth.plurality());
        values.add(birth == null ? null : birth.gestationDays());
        values.add(birth == null ? null : birth.weightGrams());
        for (SexFact.Kind kind : SexFact.Kind.values()) {
            values.add(data.sex(kind).map(SexFact::value).orElse(null));
        }
        values.add(data.deceased());
        values.add(data.language());
        values.add(data.interpreter());
        values.add(data.races().stream().map(Coded::code).toArray(String[]::new));
        values.add(code(data.ethnicity()));
        values.add(code(data.maritalStatus()));
        values.add(Sql.moment(after.changedAt()));
        String columns = """
                version, identity_unknown, alias, probable_chart, birth_date, birth_from, birth_to, birth_estimated,
                birth_time, birth_order, plurality, gestation_days, birth_weight_g, registered_sex, clinical_sex,
                sex_at_birth, gender_identity, pronouns, deceased, language, interpreter, races, ethnicity,
                marital_status, changed_at""";
        String marks = "?" + ", ?".repeat(values.size() - 1);
        if (before == null) {
            values.add(Sql.moment(after.changedAt()));
            values.add(after.facility().value());
            values.add(after.id().value());
            database.sql("insert into patient (" + columns + ", created_at, home_facility, id) values (" + marks
                            + ", ?, ?, ?)")
                    .params(values)
                    .update();
        } else {
            values.add(after.id().value());
            database.sql("update patient set (" + columns + ") = (" + marks + ") where id = ?")
                    .params(values)
                    .update();
        }
        NAMES.write(batches, after.id(), lists(before, Demographics::names), data.names());
        SEX.write(batches, after.id(), lists(before, Demographics::sex), data.sex());
        MRNS.write(batches, after.id(), lists(before, Demographics::mrns), data.mrns());
        IDENTIFIERS.write(batches, after.id(), lists(before, Demographics::identifiers), data.identifiers());
        ADDRESSES.write(batches, after.id(), lists(before, Demographics::addresses), data.addresses());
        TELECOMS.write(batches, after.id(), lists(before, Demographics::telecoms), data.telecoms());
        CONTACTS.write(batches, after.id(), lists(before, Demographics::contacts), data.contacts());
        ROLES.write(batches, after.id(), lists(before, PatientRows::roles), roles(data));
        COVERAGES.write(batches, after.id(), lists(before, Demographics::coverages), data.coverages());
        GUARANTORS.write(batches, after.id(), lists(before, Demographics::guarantors), data.guarantors());
        CARE_TEAM.write(batches, after.id(), lists(before, Demographics::careTeam), data.careTeam());
    }

    private static <T> List<T> lists(@Nullable State before, Function<Demographics, List<T>> list) {
        return before == null ? List.of() : list.apply(before.data());
    }

    private static List<ContactRoleRow> roles(Demographics data) {
        return data.contacts().stream()
                .flatMap(contact -> contact.roles().stream().map(held -> new ContactRoleRow(contact.id(), held)))
                .toList();
    }

    private record ContactRoleRow(UUID contact, Demographics.HeldRole held) {}

    private static @Nullable String text(@Nullable PartialDate date) {
        return date == null ? null : date.toString();
    }

    private static @Nullable String code(@Nullable Coded value) {
        return value == null ? null : value.code();
    }

    private static final Part<Demographics.Name> NAMES = new Part<>(
            "patient_name",
            List.of(
                    "kind",
                    "family",
                    "given",
                    "middle",
                    "prefix",
                    "suffix",
                    "valid_from",
                    "valid_until",
                    "proof",
                    "suppressed"),
            Demographics.Name::id,
            name -> Part.row(
                    name.kind().code(),
                    name.family(),
                    name.given(),
                    name.middle(),
                    name.prefix(),
                    name.suffix(),
                    text(name.from()),
                    text(name.until()),
                    name.proof(),
                    name.suppressed()));

    private static final Part<SexFact> SEX = new Part<>(
            "patient_sex",
            List.of("fact", "value", "note", "proof", "valid_from", "valid_until"),
            SexFact::id,
            fact -> Part.row(
                    fact.kind().code(),
                    fact.value(),
                    fact.note(),
                    fact.proof(),
                    text(fact.from()),
                    text(fact.until())));

    private static final Part<Demographics.Mrn> MRNS = new Part<>(
            "mrn",
            List.of("facility_id", "value", "normalised"),
            Demographics.Mrn::id,
            mrn -> Part.row(mrn.facility().value(), mrn.value(), Numbers.plain(mrn.value())));

    private static final Part<Demographics.Identifier> IDENTIFIERS = new Part<>(
            "patient_identifier",
            List.of("assigner", "value", "normalised", "kind", "valid_until", "active"),
            Demographics.Identifier::id,
            number -> Part.row(
                    number.assigner(),
                    number.value(),
                    Numbers.plain(number.value()),
                    number.kind().code(),
                    text(number.until()),
                    number.until() == null));

    private static final Part<Demographics.Address> ADDRESSES = new Part<>(
            "patient_address",
            List.of(
                    "kind",
                    "lines",
                    "city",
                    "state",
                    "postal_code",
                    "country",
                    "valid_from",
                    "valid_until",
                    "returned_since",
                    "confidential"),
            Demographics.Address::id,
            address -> Part.row(
                    address.kind().code(),
                    address.lines().toArray(String[]::new),
                    address.city(),
                    address.state(),
                    address.postalCode(),
                    address.country(),
                    text(address.from()),
                    text(address.until()),
                    address.returnedSince(),
                    address.confidential()));

    private static final Part<Demographics.Telecom> TELECOMS = new Part<>(
            "patient_telecom",
            List.of("system", "use", "value", "digits", "note", "valid_until"),
            Demographics.Telecom::id,
            telecom -> Part.row(
                    telecom.system().code(),
                    telecom.use().code(),
                    telecom.value(),
                    telecom.system() == TelecomSystem.EMAIL ? null : Numbers.phone(telecom.value()),
                    telecom.note(),
                    text(telecom.until())));

    private static final Part<Demographics.Contact> CONTACTS = new Part<>(
            "patient_contact",
            List.of("name", "relationship", "phone", "email", "address", "note", "source", "source_id"),
            Demographics.Contact::id,
            contact -> Part.row(
                    contact.name(),
                    contact.relationship(),
                    contact.phone(),
                    contact.email(),
                    contact.address(),
                    contact.note(),
                    contact.source(),
                    contact.sourceId()));

    private static final Part<ContactRoleRow> ROLES = new Part<>(
            "patient_contact_role",
            List.of("contact_id", "role", "valid_from", "valid_until", "document"),
            row -> row.held().id(),
            row -> Part.row(
                    row.contact(),
                    row.held().role().code(),
                    text(row.held().from()),
                    text(row.held().until()),
                    row.held().document()));

    private static final Part<Demographics.Coverage> COVERAGES = new Part<>(
            "coverage",
            List.of(
                    "rank",
                    "payer",
                    "plan",
                    "member_id",
                    "group_number",
                    "subscriber",
                    "relationship",
                    "valid_from",
                    "valid_until",
                    "verified_on",
                    "verified_by",
                    "source",
                    "source_id"),
            Demographics.Coverage::id,
            coverage -> Part.row(
                    coverage.rank(),
                    coverage.payer(),
                    coverage.plan(),
                    coverage.memberId(),
                    coverage.groupNumber(),
                    coverage.subscriber(),
                    coverage.relationship(),
                    text(coverage.from()),
                    text(coverage.until()),
                    coverage.verifiedOn(),
                    coverage.verifiedBy() == null ? null : coverage.verifiedBy().value(),
                    coverage.source(),
                    coverage.sourceId()));

    private static final Part<Demographics.Guarantor> GUARANTORS = new Part<>(
            "guarantor",
            List.of("name", "relationship", "phone", "address", "valid_from", "valid_until"),
            Demographics.Guarantor::id,
            guarantor -> Part.row(
                    guarantor.name(),
                    guarantor.relationship(),
                    guarantor.phone(),
                    guarantor.address(),
                    text(guarantor.from()),
                    text(guarantor.until())));

    private static final Part<Demographics.CareMember> CARE_TEAM = new Part<>(
            "care_team_member",
            List.of("role", "name", "npi", "practitioner_id", "phone", "valid_from", "valid_until"),
            Demographics.CareMember::id,
            member -> Part.row(
                    member.role().code(),
                    member.name(),
                    member.npi(),
                    member.practitioner() == null ? null : member.practitioner().value(),
                    member.phone(),
                    text(member.from()),
                    text(member.until())));

    /** A list of the registration and the table of its current rows. */
    private record Part<T>(
            String table, List<String> columns, Function<T, UUID> id, Function<T, @Nullable Object[]> values) {

        static @Nullable Object[] row(@Nullable Object... values) {
            return values;
        }

        /** Makes the rows those of {@code now}; touches nothing where the list is the same. */
        void write(JdbcTemplate database, PatientId patient, List<T> was, List<T> now) {
            if (was.equals(now)) {
                return;
            }
            List<UUID> kept = now.stream().map(id).toList();
            if (was.stream().anyMatch(item -> !kept.contains(id.apply(item)))) {
                database.update(
                        "delete from " + table + " where patient_id = ? and id <> all(?)",
                        patient.value(),
                        kept.toArray(UUID[]::new));
            }
            if (now.isEmpty()) {
                return;
            }
            String names = String.join(", ", columns);
            String updates = Stream.concat(Stream.of("position"), columns.stream())
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));
            // The id of another patient's row is never taken over: then nothing is updated.
            String sql = "insert into " + table + " as t (id, patient_id, position, " + names + ") values (?, ?, ?"
                    + ", ?".repeat(columns.size()) + ") on conflict (id) do update set " + updates
                    + " where t.patient_id = excluded.patient_id";
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int i = 0; i < now.size(); i++) {
                T item = now.get(i);
                List<@Nullable Object> row = new ArrayList<>();
                row.add(id.apply(item));
                row.add(patient.value());
                row.add(i);
                row.addAll(Arrays.asList(values.apply(item)));
                rows.add(row.toArray());
            }
            database.batchUpdate(sql, rows);
        }
    }
}
