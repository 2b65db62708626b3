package org.chartkeeper.access.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.access.Places;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Requires(Permission.FACILITY_MANAGE)
class StoredPlaces implements Places {

    private static final int LONGEST_NAME = 120;
    private static final int USUAL_DUE_HOURS = 48;
    private static final int USUAL_LATE_HOURS = 24;
    private static final int LONGEST_DUE_HOURS = 720;
    private static final String FACILITIES =
            "select id, code, name, zone, part2, update_due_hours, late_entry_hours, active, version from facility ";
    private static final String DEPARTMENTS =
            "select id, facility_id, code, name, coalesce(sensitivity, '') as sensitivity, active, version from department ";

    private final JdbcClient database;
    private final SettingVersions versions;
    private final StoredDirectory directory;
    private final StoredRecordRules rules;
    private final Accounts accounts;

    StoredPlaces(
            JdbcClient database,
            SettingVersions versions,
            StoredDirectory directory,
            StoredRecordRules rules,
            Accounts accounts) {
        this.database = database;
        this.versions = versions;
        this.directory = directory;
        this.rules = rules;
        this.accounts = accounts;
    }

    @Override
    @Requires({Permission.FACILITY_MANAGE, Permission.USER_MANAGE})
    @Transactional(readOnly = true)
    public List<FacilityView> facilities() {
        return database.sql(FACILITIES + "order by name, id")
                .query((row, number) -> facility(row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public FacilityView facility(FacilityId id) {
        return database.sql(FACILITIES + "where id = :id")
                .param("id", id.value())
                .query((row, number) -> facility(row))
                .optional()
                .orElseThrow(() -> new NotFound("facility " + id));
    }

    @Override
    @Transactional(readOnly = true)
    public List<DepartmentView> departments(FacilityId facility) {
        return database.sql(DEPARTMENTS + "where facility_id = :facility order by name, id")
                .param("facility", facility.value())
                .query((row, number) -> department(row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public DepartmentView department(FacilityId facility, DepartmentId id) {
        return database.sql(DEPARTMENTS + "where id = :id and facility_id = :facility")
                .param("id", id.value())
                .param("facility", facility.value())
                .query((row, number) -> department(row))
                .optional()
                .orElseThrow(() -> new NotFound("department " + id + " of " + facility));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Label> labels() {
        return database.sql("select key, name from sensitivity_label order by position")
                .query((row, number) -> new Label(row.getString("key"), row.getString("name")))
                .list();
    }

    @Override
    @Transactional
    public FacilityId create(FacilityChange change) {
        refuse(problems(null, change));
        FacilityId id = FacilityId.next();
        database.sql("""
                        insert into facility (id, code, name, zone, part2, update_due_hours, late_entry_hours)
                        values (:id, :code, :name, :zone, :part2, :hours, :late)
                        """)
                .param("id", id.value())
                .param("code", code(change.code()))
                .param("name", change.name().strip())
                .param("zone", change.zone())
                .param("part2", change.part2())
                .param("hours", change.updateDueHours() == null ? USUAL_DUE_HOURS : change.updateDueHours())
                .param("late", change.lateEntryHours() == null ? USUAL_LATE_HOURS : change.lateEntryHours())
                .update();
        version("facility.create", id);
        directory.changed();
        rules.changed();
        return id;
    }

    @Override
    @Transactional
    public void edit(FacilityId id, int version, FacilityChange change) {
        refuse(problems(id, change));
        int changed = database.sql("""
                        update facility set code = :code, name = :name, zone = :zone, part2 = :part2,
                            update_due_hours = :hours, late_entry_hours = :late, active = :active, version = version + 1
                        where id = :id and version = :version
                        """)
                .param("code", code(change.code()))
                .param("name", change.name().strip())
                .param("zone", change.zone())
                .param("part2", change.part2())
                .param("hours", change.updateDueHours() == null ? USUAL_DUE_HOURS : change.updateDueHours())
                .param("late", change.lateEntryHours() == null ? USUAL_LATE_HOURS : change.lateEntryHours())
                .param("active", change.active())
                .param("id", id.value())
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new Stale("facility " + id, version, facility(id).version());
        }
        if (!change.active()) {
            accounts.requireManager();
        }
        version("facility.edit", id);
        directory.changed();
        rules.changed();
    }

    private List<Problem> problems(@Nullable FacilityId id, FacilityChange change) {
        List<Problem> problems = new ArrayList<>();
        String code = code(change.code());
        if (!code.matches("[A-Z][A-Z0-9]{1,9}")) {
            problems.add(Problem.error("code", "Enter a code of 2 to 10 letters and digits, beginning with a letter"));
        } else if (database.sql("select exists (select from facility where code = :code and id is distinct from :id)")
                .param("code", code)
                .param("id", id == null ? null : id.value(), Types.OTHER)
                .query(Boolean.class)
                .single()) {
            problems.add(Problem.error("code", "Another facility has this code"));
        }
        name(change.name()).ifPresent(problems::add);
        if (!ZoneId.getAvailableZoneIds().contains(change.zone())) {
            problems.add(Problem.error("zone", "Choose a time zone of the list"));
        }
        Integer hours = change.updateDueHours();
        if (hours != null && (hours < 1 || hours > LONGEST_DUE_HOURS)) {
            problems.add(Problem.error("updateDueHours", "Enter 1 to " + LONGEST_DUE_HOURS + " hours"));
        }
        Integer late = change.lateEntryHours();
        if (late != null && (late < 1 || late > LONGEST_DUE_HOURS)) {
            problems.add(Problem.error("lateEntryHours", "Enter 1 to " + LONGEST_DUE_HOURS + " hours"));
        }
        return problems;
    }

    @Override
    @Transactional
    public DepartmentId create(FacilityId facility, DepartmentChange change) {
        facility(facility);
        refuse(problems(facility, null, change));
        DepartmentId id = DepartmentId.next();
        database.sql("""
                        insert into department (id, facility_id, code, name, sensitivity)
                        values (:id, :facility, :code, :name, nullif(:sensitivity, ''))
                        """)
                .param("id", id.value())
                .param("facility", facility.value())
                .param("code", code(change.code()))
                .param("name", change.name().strip())
                .param("sensitivity", change.sensitivity())
                .update();
        version("department.create", facility, id);
        directory.changed();
        return id;
    }

    @Override
    @Transactional
    public void edit(FacilityId facility, DepartmentId id, int version, DepartmentChange change) {
        DepartmentView present = department(facility, id);
        refuse(problems(facility, id, change));
        int changed = database.sql("""
                        update department set code = :code, name = :name, sensitivity = nullif(:sensitivity, ''),
                            active = :active, version = version + 1
                        where id = :id and version = :version
                        """)
                .param("code", code(change.code()))
                .param("name", change.name().strip())
                .param("sensitivity", change.sensitivity())
                .param("active", change.active())
                .param("id", id.value())
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new Stale("department " + id, version, present.version());
        }
        version("department.edit", facility, id);
        directory.changed();
    }

    private List<Problem> problems(FacilityId facility, @Nullable DepartmentId id, DepartmentChange change) {
        List<Problem> problems = new ArrayList<>();
        String code = code(change.code());
        if (!code.matches("[A-Z0-9][A-Z0-9-]{0,19}")) {
            problems.add(Problem.error("code", "Enter a code of 1 to 20 letters, digits and hyphens"));
        } else if (database.sql("""
                        select exists (select from department
                            where facility_id = :facility and code = :code and id is distinct from :id)
                        """)
                .param("facility", facility.value())
                .param("code", code)
                .param("id", id == null ? null : id.value(), Types.OTHER)
                .query(Boolean.class)
                .single()) {
            problems.add(Problem.error("code", "Another department of this facility has this code"));
        }
        name(change.name()).ifPresent(problems::add);
        if (!change.sensitivity().isEmpty()
                && labels().stream().noneMatch(label -> label.key().equals(change.sensitivity()))) {
            problems.add(Problem.error("sensitivity", "Choose a label of the list, or none"));
        }
        return problems;
    }

    private static java.util.Optional<Problem> name(String name) {
        return name.isBlank() || name.strip().length() > LONGEST_NAME
                ? java.util.Optional.of(
                        Problem.error("name", "Enter a name of at most " + LONGEST_NAME + " characters"))
                : java.util.Optional.empty();
    }

    private static String code(String typed) {
        return typed.strip().toUpperCase(Locale.ROOT);
    }

    private void version(String action, FacilityId id) {
        FacilityView facility = facility(id);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("code", facility.code());
        content.put("name", facility.name());
        content.put("zone", facility.zone());
        content.put("part2", facility.part2());
        content.put("updateDueHours", facility.updateDueHours());
        content.put("lateEntryHours", facility.lateEntryHours());
        content.put("active", facility.active());
        versions.add(action, "facility", id, content);
    }

    private void version(String action, FacilityId facility, DepartmentId id) {
        DepartmentView department = department(facility, id);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("facility", facility.toString());
        content.put("code", department.code());
        content.put("name", department.name());
        content.put("sensitivity", department.sensitivity());
        content.put("active", department.active());
        versions.add(action, "department", id, content);
    }

    private static FacilityView facility(ResultSet row) throws SQLException {
        return new FacilityView(
                new FacilityId(row.getObject("id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("zone"),
                row.getBoolean("part2"),
                row.getInt("update_due_hours"),
                row.getInt("late_entry_hours"),
                row.getBoolean("active"),
                row.getInt("version"));
    }

    private static DepartmentView department(ResultSet row) throws SQLException {
        return new DepartmentView(
                new DepartmentId(row.getObject("id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("sensitivity"),
                row.getBoolean("active"),
                row.getInt("version"));
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
    }
}
