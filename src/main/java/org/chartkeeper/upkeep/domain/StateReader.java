package org.chartkeeper.upkeep.domain;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.chart.IntakeState;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.upkeep.SystemState;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the state from the database's own catalogs and from this node. */
@Service
class StateReader implements SystemState {

    private static final long LITTLE_SPACE = 5L << 30;
    private static final int MONTHS_AHEAD = 3;
    private static final Duration JOB_LATE = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final IntakeState intake;
    private final Clock clock;
    private final Path dataDir;
    private final @Nullable BuildProperties build;

    StateReader(
            JdbcClient database,
            IntakeState intake,
            Clock clock,
            @Value("${chartkeeper.data-dir:./data}") Path dataDir,
            ObjectProvider<BuildProperties> build) {
        this.database = database;
        this.intake = intake;
        this.clock = clock;
        this.dataDir = dataDir.toAbsolutePath().normalize();
        this.build = build.getIfAvailable();
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true)
    public Report read() {
        Instant now = clock.instant();
        Server server = server();
        List<Job> jobs = jobs();
        return new Report(
                now,
                List.of(
                        new Section("Protection of the record", protection(server)),
                        new Section("Durability", durability(server)),
                        new Section("Audit trail", audit()),
                        new Section("Jobs", jobFindings(jobs, now)),
                        new Section("Database", facts(server)),
                        new Section("Content store", contentStore()),
                        new Section("Files that come in", intake()),
                        new Section("This node", node(now))),
                jobs);
    }

    private List<Finding> intake() {
        return intake.read().stream()
                .map(fact -> new Finding(fact.name(), fact.value(), fact.tone(), fact.advice()))
                .toList();
    }

    private Server server() {
        return database.sql("""
                        SELECT current_setting('server_version') AS version, current_user AS account,
                               r.rolsuper, r.rolbypassrls,
                               (SELECT count(*) FROM pg_class c
                                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                                  AND pg_has_role(c.relowner, 'USAGE')) AS owned,
                               current_setting('fsync') AS fsync,
                               current_setting('full_page_writes') AS full_page_writes,
                               current_setting('synchronous_commit') AS synchronous_commit,
                               current_setting('data_checksums') AS data_checksums,
                               current_setting('archive_mode') AS archive_mode,
                               current_setting('max_connections')::int AS max_connections,
                               (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
                               pg_database_size(current_database()) AS size,
                               current_database() AS name,
                               pg_postmaster_start_time() AS started,
                               coalesce(host(inet_server_addr()), 'local') AS address,
                               (SELECT count(*) FROM pg_stat_replication) AS standbys
                        FROM pg_roles r WHERE r.rolname = current_user
                        """)
                .query((row, number) -> new Server(
                        row.getString("version"),
                        row.getString("account"),
                        row.getBoolean("rolsuper"),
                        row.getBoolean("rolbypassrls"),
                        row.getInt("owned"),
                        row.getString("fsync"),
                        row.getString("full_page_writes"),
                        row.getString("synchronous_commit"),
                        row.getString("data_checksums"),
                        row.getString("archive_mode"),
                        row.getInt("max_connections"),
                        row.getInt("connections"),
                        row.getLong("size"),
                        row.getString("name"),
                        instant(row, "started"),
                        row.getString("address"),
                        row.getInt("standbys")))
                .single();
    }

    /** Append-only tables are those whose changes a trigger refuses; the role's own rights are the second lock. */
    private List<Finding> protection(Server server) {
        List<Table> tables = database.sql("""
                        SELECT c.relname,
                               has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
                                   OR has_table_privilege(c.oid, 'TRUNCATE') AS open
                        FROM pg_class c
                        WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
                          AND EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                                      WHERE t.tgrelid = c.oid AND p.proname = 'refuse_change' AND t.tgenabled <> 'D')
                        ORDER BY c.relname
                        """)
                .query((row, number) -> new Table(row.getString("relname"), row.getBoolean("open")))
                .list();
        List<String> open = tables.stream().filter(Table::open).map(Table::name).toList();
        List<Finding> findings = new ArrayList<>();
        if (server.superuser || server.bypass) {
            findings.add(Finding.danger(
                    "Account of the application",
                    server.account + (server.superuser ? ", superuser" : ", bypasses row security"),
                    "The application could switch every protection off. Have it work as chartkeeper_app"
                            + " (spring.datasource.username) and migrate as the owner (spring.flyway.user)."));
        } else if (server.owned > 0) {
            findings.add(Finding.warning(
                    "Account of the application",
                    server.account + " owns " + server.owned + " tables",
                    "An owner can give itself every right and switch triggers off. Set spring.flyway.user to the owner and"
                            + " spring.datasource.username to chartkeeper_app."));
        } else {
            findings.add(Finding.good("Account of the application", server.account + ", owns nothing"));
        }
        if (tables.isEmpty()) {
            findings.add(Finding.danger(
                    "Append-only tables",
                    "none found",
                    "The triggers that refuse changes are missing or switched off. Restore the schema from the migrations"
                            + " and run verify."));
        } else if (open.isEmpty()) {
            findings.add(Finding.good(
                    "Append-only tables",
                    tables.size() + " tables that the application can read and add to, and nothing else"));
        } else {
            findings.add(Finding.warning(
                    "Append-only tables",
                    "open to change: " + String.join(", ", open),
                    "Only a trigger keeps these rows from being changed. Take UPDATE, DELETE and TRUNCATE on them from "
                            + server.account + "."));
        }
        return findings;
    }

    private static List<Finding> durability(Server server) {
        List<Finding> findings = new ArrayList<>();
        findings.add(onOff(
                "fsync",
                server.fsync,
                "A power failure can destroy the database. Switch it on and restart PostgreSQL."));
        findings.add(onOff(
                "full_page_writes",
                server.fullPageWrites,
                "A power failure can leave torn pages. Switch it on and reload PostgreSQL."));
        findings.add(onOff(
                "synchronous_commit",
                server.synchronousCommit,
                "What was acknowledged can be lost in a power failure. Set it to on or higher."));
        findings.add(
                server.checksums.equals("on")
                        ? Finding.good("Data checksums", "on")
                        : Finding.warning(
                                "Data checksums",
                                "off",
                                "Damage on disk goes unseen. Switch them on with pg_checksums while the server is stopped."));
        findings.add(
                server.archiveMode.equals("off") && server.standbys == 0
                        ? Finding.fact("Copies while running", "none: the last backup is what a lost disk leaves")
                        : Finding.good(
                                "Copies while running",
                                (server.archiveMode.equals("off") ? "" : "log archived, ") + server.standbys
                                        + " standby servers"));
        return findings;
    }

    private static Finding onOff(String name, String value, String advice) {
        return value.equals("off") ? Finding.danger(name, value, advice) : Finding.good(name, value);
    }

    private List<Finding> audit() {
        return database.sql("""
                        SELECT (SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                                WHERE i.inhparent = 'audit_event'::regclass
                                  AND c.relname > 'audit_event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')
                                  AND c.relname <> 'audit_event_default') AS ahead,
                               pg_relation_size('audit_event_default') > 0 AS overflow,
                               (SELECT max(number) FROM audit_seal) AS seals,
                               (SELECT max(sealed_at) FROM audit_seal) AS sealed_at
                        """)
                .query((row, number) -> {
                    int ahead = row.getInt("ahead");
                    boolean overflow = row.getBoolean("overflow");
                    long seals = row.getLong("seals");
                    Instant sealedAt = instant(row, "sealed_at");
                    return List.of(
                            ahead >= MONTHS_AHEAD
                                    ? Finding.good("Room for events", ahead + " months ahead")
                                    : Finding.warning(
                                            "Room for events",
                                            ahead + " months ahead",
                                            "The monthly job that makes partitions has not run. See Jobs."),
                            overflow
                                    ? Finding.warning(
                                            "Default partition",
                                            "holds events",
                                            "No event is lost, but these months search slower. Ask for the partitions to be"
                                                    + " made and the rows to be moved by the owner.")
                                    : Finding.good("Default partition", "empty"),
                            seals == 0
                                    ? Finding.fact("Seals", "none made yet")
                                    : Finding.good(
                                            "Seals",
                                            seals + ", the last "
                                                    + age(Duration.between(
                                                            sealedAt == null ? clock.instant() : sealedAt,
                                                            clock.instant()))
                                                    + " ago"));
                })
                .single();
    }

    private List<Job> jobs() {
        return database.sql("""
                        SELECT task_name, count(*) FILTER (WHERE NOT picked) AS waiting, count(*) FILTER (WHERE picked) AS running,
                               count(*) FILTER (WHERE consecutive_failures > 0) AS failing,
                               min(execution_time) FILTER (WHERE NOT picked) AS next, max(last_success) AS last_success
                        FROM scheduled_tasks GROUP BY task_name ORDER BY task_name LIMIT 200
                        """)
                .query((row, number) -> new Job(
                        row.getString("task_name"),
                        row.getInt("waiting"),
                        row.getInt("running"),
                        row.getInt("failing"),
                        instant(row, "next"),
                        instant(row, "last_success")))
                .list();
    }

    private static List<Finding> jobFindings(List<Job> jobs, Instant now) {
        List<Finding> findings = new ArrayList<>();
        List<String> failing =
                jobs.stream().filter(job -> job.failing() > 0).map(Job::name).toList();
        boolean late = jobs.stream()
                .anyMatch(job -> job.next() != null && job.next().isBefore(now.minus(JOB_LATE)) && job.running() == 0);
        findings.add(
                failing.isEmpty()
                        ? Finding.good("Failures", "none")
                        : Finding.warning(
                                "Failures",
                                String.join(", ", failing),
                                "They try again by themselves. If they go on failing, look for their names in the log."));
        findings.add(
                late
                        ? Finding.warning(
                                "Queue",
                                "jobs are more than " + JOB_LATE.toMinutes() + " minutes late",
                                "No node takes jobs, or all are busy. Check that a server runs.")
                        : Finding.good("Queue", "up to date"));
        return findings;
    }

    private List<Finding> facts(Server server) {
        List<Finding> migrations = database.sql("""
                        SELECT max(version) FILTER (WHERE success) AS version, count(*) FILTER (WHERE success) AS done,
                               count(*) FILTER (WHERE NOT success) AS failed
                        FROM flyway_schema_history
                        """)
                .query((row, number) -> row.getInt("failed") > 0
                        ? Finding.danger(
                                "Schema",
                                row.getInt("failed") + " migrations failed",
                                "Repair the migration before anything else is written; see the log of the start.")
                        : Finding.good("Schema", row.getString("version") + ", " + row.getInt("done") + " migrations"))
                .list();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fact("PostgreSQL", server.version.split(" ")[0]));
        findings.addAll(migrations);
        findings.add(Finding.fact("Database", server.name + " at " + server.address + ", " + size(server.size)));
        findings.add(
                server.connections > server.maxConnections * 0.85
                        ? Finding.warning(
                                "Connections",
                                server.connections + " of " + server.maxConnections,
                                "New ones will soon be refused. Lower the pool of each node or raise max_connections.")
                        : Finding.fact("Connections", server.connections + " of " + server.maxConnections));
        if (server.started != null) {
            findings.add(Finding.fact("Running for", age(Duration.between(server.started, clock.instant()))));
        }
        return findings;
    }

    private List<Finding> contentStore() {
        Path content = dataDir.resolve("content");
        Path existing = Files.isDirectory(content) ? content : dataDir;
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    Files.isWritable(existing)
                            ? Finding.good("Folder", content + ", writable")
                            : Finding.danger(
                                    "Folder",
                                    content + ", not writable",
                                    "Imports and documents cannot be stored. Give the account that runs the application the"
                                            + " right to write there."));
            findings.add(
                    free < LITTLE_SPACE
                            ? Finding.warning(
                                    "Free space",
                                    size(free),
                                    "Imports stop when the disk is full. Make room or move the data folder.")
                            : Finding.good("Free space", size(free)));
            return findings;
        } catch (IOException unreadable) {
            return List.of(Finding.danger(
                    "Folder",
                    content + ", cannot be read",
                    "Documents cannot be opened or stored. Check that the folder is mounted."));
        }
    }

    private List<Finding> node(Instant now) {
        Runtime runtime = Runtime.getRuntime();
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return List.of(
                Finding.fact("Chartkeeper", build == null ? "development build" : String.valueOf(build.getVersion())),
                Finding.fact("Java", Runtime.version().toString()),
                Finding.fact(
                        "Node",
                        hostName() + ", process " + ProcessHandle.current().pid()),
                Finding.fact("Running for", age(Duration.between(started, now))),
                Finding.fact(
                        "Memory",
                        size(runtime.totalMemory() - runtime.freeMemory()) + " used of " + size(runtime.maxMemory())));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "unknown";
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static String age(Duration duration) {
        if (duration.isNegative() || duration.toMinutes() < 1) {
            return "less than a minute";
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    private static String size(long bytes) {
        double gigabytes = bytes / (double) (1L << 30);
        return gigabytes >= 1
                ? String.format(Locale.US, "%.1f GB", gigabytes)
                : String.format(Locale.US, "%,d MB", Math.max(1, bytes >> 20));
    }

    private record Table(String name, boolean open) {}

    private record Server(
            String version,
            String account,
            boolean superuser,
            boolean bypass,
            int owned,
            String fsync,
            String fullPageWrites,
            String synchronousCommit,
            String checksums,
            String archiveMode,
            int maxConnections,
            int connections,
            long size,
            String name,
            @Nullable Instant started,
            String address,
            int standbys) {}
}
