package org.chartkeeper.access.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Places are kept for a few seconds per node and dropped by whoever changes one here; people are always read. */
@Service
class StoredDirectory implements Directory {

    private static final long KEPT = Duration.ofSeconds(5).toNanos();
    private static final String PRACTITIONERS =
            "select p.id, p.family_name, p.given_name, p.prefix, p.npi, p.prescriber_kind, p.user_id, array(select f.facility_id"
                    + " || ' ' || f.dea from practitioner_facility f where f.practitioner_id = p.id and f.dea is not null) as"
                    + " numbers from practitioner p ";

    private final JdbcClient database;
    private volatile @Nullable Known known;

    StoredDirectory(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Facility> facilities() {
        return known().open;
    }

    @Override
    public Optional<Facility> facility(FacilityId id) {
        return Optional.ofNullable(known().facilities.get(id));
    }

    @Override
    public Optional<Facility> facilityByCode(String code) {
        return known().facilities.values().stream()
                .filter(facility -> facility.code().equalsIgnoreCase(code.strip()))
                .findFirst();
    }

    @Override
    public List<Department> departments(FacilityId facility) {
        return known().departments.values().stream()
                .filter(place -> place.open && place.department.facility().equals(facility))
                .map(Place::department)
                .toList();
    }

    @Override
    public Optional<Department> department(DepartmentId id) {
        return Optional.ofNullable(known().departments.get(id)).map(Place::department);
    }

    /** Drops what is kept, now and again when the transaction is over, for what others read meanwhile was the old. */
    void changed() {
        known = null;
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    known = null;
                }
            });
        }
    }

    private Known known() {
        Known kept = known;
        if (kept == null || System.nanoTime() - kept.at > KEPT) {
            kept = read();
            known = kept;
        }
        return kept;
    }

    private Known read() {
        Map<FacilityId, Facility> facilities = new LinkedHashMap<>();
        Map<DepartmentId, Place> departments = new LinkedHashMap<>();
        List<Facility> open = new java.util.ArrayList<>();
        database.sql("""
                        select f.id, f.code, f.name, f.zone, f.part2, f.update_due_hours, f.active,
                            d.id as department, d.code as department_code, d.name as department_name,
                            coalesce(d.sensitivity, '') as sensitivity, d.active as department_active
                        from facility f left join department d on d.facility_id = f.id
                        order by f.name, f.id, d.name, d.id
                        """).query(row -> {
            FacilityId id = new FacilityId(row.getObject("id", UUID.class));
            if (!facilities.containsKey(id)) {
                Facility facility = new Facility(
                        id,
                        row.getString("code"),
                        row.getString("name"),
                        ZoneId.of(row.getString("zone")),
                        row.getBoolean("part2"),
                        row.getInt("update_due_hours"));
                facilities.put(id, facility);
                if (row.getBoolean("active")) {
                    open.add(facility);
                }
            }
            UUID department = row.getObject("department", UUID.class);
            if (department != null) {
                departments.put(
                        new DepartmentId(department),
                        new Place(
                                new Department(
                                        new DepartmentId(department),
                                        id,
                                        row.getString("department_code"),
                                        row.getString("department_name"),
                                        row.getString("sensitivity")),
                                row.getBoolean("department_active")));
            }
        });
        return new Known(System.nanoTime(), facilities, List.copyOf(open), departments);
    }

    @Override
    public Map<PractitionerId, Practitioner> practitioners(Collection<PractitionerId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<PractitionerId, Practitioner> found = new HashMap<>();
        database.sql(PRACTITIONERS + "where p.id = any (cast(:ids as uuid[]))")
                .param(
                        "ids",
                        new HashSet<>(ids)
                                .stream().map(PractitionerId::toString).toArray(String[]::new))
                .query(row -> {
                    Practitioner practitioner = practitioner(row);
                    found.put(practitioner.id(), practitioner);
                });
        return found;
    }

    @Override
    public List<Practitioner> practitionersAt(Collection<FacilityId> facilities) {
        return database.sql(PRACTITIONERS + """
                        where p.active and p.source is null and exists (select from practitioner_facility pf
                            where pf.practitioner_id = p.id and pf.facility_id = any(cast(:facilities as uuid[])))
                        order by p.family_name, p.given_name, p.id
                        """)
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .query((row, number) -> practitioner(row))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<PractitionerId> importPractitioners(String source, List<ImportedPractitioner> practitioners) {
        if (practitioners.isEmpty()) {
            return List.of();
        }
        Map<String, ImportedPractitioner> distinct = new LinkedHashMap<>();
        practitioners.forEach(practitioner -> distinct.put(practitioner.sourceId(), practitioner));
        List<ImportedPractitioner> all = distinct.values().stream()
                .sorted(Comparator.comparing(ImportedPractitioner::sourceId))
                .toList();
        Map<String, PractitionerId> ids = new HashMap<>();
        database.sql("""
                        with given as (
                            select * from unnest(cast(:ids as uuid[]), cast(:sourceIds as text[]),
                                cast(:families as text[]), cast(:givens as text[]), cast(:prefixes as text[]),
                                cast(:npis as text[])) as g (id, source_id, family_name, given_name, prefix, npi)),
                        changed as (
                            insert into practitioner as p (id, source, source_id, family_name, given_name, prefix, npi)
                            select id, :source, source_id, family_name, given_name, prefix, npi from given
                            on conflict (source, source_id) do update
                            set family_name = excluded.family_name, given_name = excluded.given_name,
                                prefix = excluded.prefix, npi = excluded.npi, version = p.version + 1
                            where (p.family_name, p.given_name, p.prefix, p.npi)
                                is distinct from (excluded.family_name, excluded.given_name, excluded.prefix, excluded.npi)
                            returning id, source_id)
                        select id, source_id from changed
                        union
                        select p.id, p.source_id from practitioner p join given g on g.source_id = p.source_id
                        where p.source = :source
                        """)
                .param("source", source)
                .param("ids", texts(all, practitioner -> Uuid7.next().toString()))
                .param("sourceIds", texts(all, ImportedPractitioner::sourceId))
                .param("families", texts(all, ImportedPractitioner::familyName))
                .param("givens", texts(all, ImportedPractitioner::givenName))
                .param("prefixes", texts(all, ImportedPractitioner::prefix))
                .param("npis", texts(all, practitioner -> npi(practitioner.npi())))
                .query(row -> {
                    ids.put(row.getString("source_id"), new PractitionerId(row.getObject("id", UUID.class)));
                });
        if (ids.size() < all.size()) {
            // An import beside this one stored some of them after this statement began.
            database.sql(
                            "select id, source_id from practitioner where source = :source and source_id = any (:sourceIds)")
                    .param("source", source)
                    .param("sourceIds", texts(all, ImportedPractitioner::sourceId))
                    .query(row -> {
                        ids.put(row.getString("source_id"), new PractitionerId(row.getObject("id", UUID.class)));
                    });
        }
        return practitioners.stream()
                .map(practitioner -> java.util.Objects.requireNonNull(ids.get(practitioner.sourceId())))
                .toList();
    }

    /** Test data carry numbers that are no NPI; they are left out. */
    private static @Nullable String npi(@Nullable String typed) {
        return typed != null && typed.matches("[0-9]{10}") ? typed : null;
    }

    private static @Nullable String[] texts(
            List<ImportedPractitioner> all, java.util.function.Function<ImportedPractitioner, @Nullable String> part) {
        @Nullable String[] texts = new @Nullable String[all.size()];
        for (int at = 0; at < texts.length; at++) {
            texts[at] = part.apply(all.get(at));
        }
        return texts;
    }

    private static Practitioner practitioner(ResultSet row) throws SQLException {
        String prefix = row.getString("prefix");
        String family = row.getString("family_name");
        String given = row.getString("given_name");
        UUID user = row.getObject("user_id", UUID.class);
        return new Practitioner(
                new PractitionerId(row.getObject("id", UUID.class)),
                name(prefix, given, family),
                family,
                given,
                row.getString("npi"),
                row.getString("prescriber_kind"),
                numbers((String[]) row.getArray("numbers").getArray()),
                user == null ? null : new UserId(user));
    }

    /** Each with its facility before it. */
    private static Map<FacilityId, String> numbers(String[] rows) {
        Map<FacilityId, String> numbers = new HashMap<>();
        for (String row : rows) {
            int blank = row.indexOf(' ');
            numbers.put(FacilityId.of(row.substring(0, blank)), row.substring(blank + 1));
        }
        return Map.copyOf(numbers);
    }

    /** "Dr. A. Okafor"; without a prefix the given name stands in full. */
    static String name(@Nullable String prefix, String given, String family) {
        if (prefix == null || prefix.isBlank()) {
            return (given + " " + family).strip();
        }
        String initial = given.isBlank() ? "" : given.substring(0, given.offsetByCodePoints(0, 1)) + ". ";
        return prefix + " " + initial + family;
    }

    private record Place(Department department, boolean open) {}

    private record Known(
            long at, Map<FacilityId, Facility> facilities, List<Facility> open, Map<DepartmentId, Place> departments) {}
}
