package org.chartkeeper.exchange.domain.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.chartkeeper.exchange.Imports.ProblemLine;
import org.chartkeeper.exchange.domain.fhir.Run.Position;
import org.chartkeeper.exchange.domain.fhir.Run.SourceFile;
import org.chartkeeper.exchange.domain.fhir.Tally.Fate;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Runs, their files, counts and problems. */
@Component
class RunStore {

    private final JdbcClient database;

    RunStore(JdbcClient database) {
        this.database = database;
    }

    /** Something to report about an entry. */
    record Trouble(int file, int entry, String kind, String reason) {}

    void create(
            UUID id,
            String source,
            FacilityId facility,
            UserId by,
            String origin,
            String label,
            String fingerprint,
            @Nullable String upload,
            Instant now) {
        database.sql("""
                        insert into import_run
                            (id, source, facility_id, started_by, origin, label, state, fingerprint, upload_sha256, created_at)
                        values (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)
                        """)
                .param(id)
                .param(source)
                .param(facility.value())
                .param(by.value())
                .param(origin)
                .param(label)
                .param(fingerprint)
                .param(upload)
                .param(Timestamp.from(now))
                .update();
    }

    void addFiles(UUID run, List<SourceFiles.Kept> files) {
        int ordinal = 0;
        long bytes = 0;
        for (SourceFiles.Kept file : files) {
            bytes += file.size();
            database.sql(
                            "insert into import_file (run_id, ordinal, name, sha256, size, problem) values (?, ?, ?, ?, ?, ?)")
                    .param(run)
                    .param(++ordinal)
                    .param(file.name())
                    .param(file.sha256())
                    .param(file.size())
                    .param(file.problem())
                    .update();
        }
        database.sql("update import_run set bytes_total = ? where id = ?")
                .params(bytes, run)
                .update();
    }

    /** A run that was cut off before its end and reads the same files into the same facility from the same source. */
    Optional<UUID> interrupted(String fingerprint) {
        return database.sql("""
                        select id from import_run
                         where fingerprint = ? and state in ('waiting', 'running', 'cancelled', 'failed')
                         order by created_at desc limit 1
                        """).param(fingerprint).query(UUID.class).optional();
    }

    Optional<String> state(UUID run) {
        return database.sql("select state from import_run where id = ?")
                .param(run)
                .query(String.class)
                .optional();
    }

    Optional<String> upload(UUID run) {
        return database.sql("select upload_sha256 from import_run where id = ? and upload_sha256 is not null")
                .param(run)
                .query(String.class)
                .optional();
    }

    String label(UUID run) {
        return database.sql("select label from import_run where id = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    Run load(UUID id) {
        List<SourceFile> files = database.sql(
                        "select id, ordinal, name, sha256, size, problem from import_file where run_id = ? order by ordinal")
                .param(id)
                .query((row, number) -> new SourceFile(
                        row.getLong("id"),
                        row.getInt("ordinal"),
                        row.getString("name"),
                        row.getString("sha256"),
                        row.getLong("size"),
                        row.getString("problem")))
                .list();
        return database.sql("""
                        select source, facility_id, pass, file_ordinal, entry, active_millis from import_run where id = ?
                        """)
                .param(id)
                .query((row, number) -> new Run(
                        id,
                        row.getString("source"),
                        new FacilityId(uuid(row, "facility_id")),
                        files,
                        new Position(Pass.of(row.getInt("pass")), row.getInt("file_ordinal"), row.getInt("entry")),
                        row.getLong("active_millis")))
                .single();
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    void begin(UUID run, Instant now) {
        database.sql("""
                        update import_run set state = 'running', cancel_requested = false, fault = null,
                               started_at = coalesce(started_at, ?) where id = ?
                        """).params(Timestamp.from(now), run).update();
    }

    void end(UUID run, String state, @Nullable String fault, Instant now) {
        database.sql(
                        "update import_run set state = ?, fault = ?, finished_at = ?, cancel_requested = false where id = ?")
                .param(state)
                .param(fault)
                .param(Timestamp.from(now))
                .param(run)
                .update();
    }

    /** Lets a run wait for a server again. */
    boolean requeue(UUID run) {
        return database.sql("""
                        update import_run set state = 'waiting', fault = null, finished_at = null, cancel_requested = false
                         where id = ? and state in ('cancelled', 'failed')
                        """).param(run).update() == 1;
    }

    void requestCancel(UUID run) {
        database.sql("update import_run set cancel_requested = true where id = ? and state in ('waiting', 'running')")
                .param(run)
                .update();
    }

    boolean cancelRequested(UUID run) {
        return database.sql("select cancel_requested from import_run where id = ?")
                .param(run)
                .query(Boolean.class)
                .single();
    }

    void moveTo(UUID run, Position position, long bytes, long millis) {
        database.sql("""
                        update import_run set pass = ?, file_ordinal = ?, entry = ?, bytes_done = ?,
                               active_millis = active_millis + ? where id = ?
                        """)
                .params(position.pass().number(), position.file(), position.entry(), bytes, millis, run)
                .update();
    }

    void count(UUID run, Tally tally) {
        for (String type : tally.types()) {
            database.sql("""
                            insert into import_count as c (run_id, resource_type, stored, updated, unchanged, kept, refused)
                            values (?, ?, ?, ?, ?, ?, ?)
                            on conflict (run_id, resource_type) do update
                               set stored = c.stored + excluded.stored, updated = c.updated + excluded.updated,
                                   unchanged = c.unchanged + excluded.unchanged, kept = c.kept + excluded.kept,
                                   refused = c.refused + excluded.refused
                            """)
                    .params(
                            run,
                            type,
                            tally.count(type, Fate.STORED),
                            tally.count(type, Fate.UPDATED),
                            tally.count(type, Fate.UNCHANGED),
                            tally.count(type, Fate.KEPT),
                            tally.count(type, Fate.REFUSED))
                    .update();
        }
    }

    Tally counts(UUID run) {
        Tally tally = new Tally();
        database.sql("""
                        select resource_type, stored, updated, unchanged, kept, refused from import_count where run_id = ?
                        """).param(run).query(row -> {
            String type = row.getString("resource_type");
            for (Fate fate : Fate.values()) {
                tally.add(type, fate, row.getLong(fate.ordinal() + 2));
            }
        });
        return tally;
    }

    void trouble(UUID run, Collection<Trouble> troubles) {
        if (troubles.isEmpty()) {
            return;
        }
        List<Trouble> all = List.copyOf(troubles);
        database.sql("""
                        insert into import_problem (run_id, file_ordinal, entry, kind, reason)
                        select ?, * from unnest(?::int[], ?::int[], ?::text[], ?::text[])
                        """)
                .params(
                        run,
                        all.stream().map(Trouble::file).toArray(Integer[]::new),
                        all.stream().map(Trouble::entry).toArray(Integer[]::new),
                        all.stream().map(Trouble::kind).toArray(String[]::new),
                        all.stream().map(Trouble::reason).toArray(String[]::new))
                .update();
    }

    /** A reference that leads to nothing, at its first place. */
    record Loose(String reference, int file, int entry, long places) {}

    void unresolved(UUID run, Collection<Loose> references) {
        if (references.isEmpty()) {
            return;
        }
        List<Loose> all = List.copyOf(references);
        database.sql("""
                        insert into import_unresolved as u (run_id, reference, file_ordinal, entry, places)
                        select ?, * from unnest(?::text[], ?::int[], ?::int[], ?::bigint[])
                        on conflict (run_id, reference) do update set places = u.places + excluded.places
                        """)
                .params(
                        run,
                        all.stream().map(Loose::reference).toArray(String[]::new),
                        all.stream().map(Loose::file).toArray(Integer[]::new),
                        all.stream().map(Loose::entry).toArray(Integer[]::new),
                        all.stream().map(Loose::places).toArray(Long[]::new))
                .update();
    }

    void defer(UUID run, List<Incoming> items) {
        if (items.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into import_deferred (run_id, file_ordinal, entry)
                        select ?, * from unnest(?::int[], ?::int[])
                        """)
                .params(
                        run,
                        items.stream().map(Incoming::file).toArray(Integer[]::new),
                        items.stream().map(Incoming::entry).toArray(Integer[]::new))
                .update();
    }

    /** Entries that were put off, by file. */
    Map<Integer, BitSet> deferred(UUID run) {
        Map<Integer, BitSet> deferred = new HashMap<>();
        database.sql("select file_ordinal, entry from import_deferred where run_id = ?")
                .param(run)
                .query(row -> {
                    deferred.computeIfAbsent(row.getInt(1), file -> new BitSet())
                            .set(row.getInt(2));
                });
        return deferred;
    }

    void forgetDeferred(UUID run) {
        database.sql("delete from import_deferred where run_id = ?").param(run).update();
    }

    private static final String PROBLEMS = """
            from (select p.id, p.file_ordinal, p.entry, p.kind, p.reason from import_problem p where p.run_id = :run
                  union all
                  select 0, u.file_ordinal, u.entry, 'warning',
                         'warning: ' || left(u.reference, 300) || ' leads to nothing here; kept as written'
                             || case when u.places > 1 then ' (' || u.places || ' places, this is the first)' else '' end
                    from import_unresolved u where u.run_id = :run) x
            join import_file f on f.run_id = :run and f.ordinal = x.file_ordinal
            """;

    /** Every problem in the order of files and entries; the rows are streamed. */
    void problems(UUID run, Consumer<ProblemLine> each) {
        try (var lines = database
                .sql("select x.kind, f.name, x.entry, x.reason " + PROBLEMS
                        + " order by x.file_ordinal, x.entry, x.id, x.reason")
                .param("run", run)
                .query(RunStore::line)
                .stream()) {
            lines.forEach(each);
        }
    }

    List<ProblemRow> problems(UUID run, int afterFile, int afterEntry, String afterReason, int limit) {
        return database.sql("select x.kind, f.name, x.entry, x.reason, x.file_ordinal " + PROBLEMS + """
                         where (x.file_ordinal, x.entry, x.reason) > (:file, :entry, :reason)
                         order by x.file_ordinal, x.entry, x.reason limit :limit
                        """)
                .param("run", run)
                .param("file", afterFile)
                .param("entry", afterEntry)
                .param("reason", afterReason)
                .param("limit", limit)
                .query((row, number) -> new ProblemRow(line(row, number), row.getInt("file_ordinal")))
                .list();
    }

    /** A problem and the ordinal of its file, by which lists go on. */
    record ProblemRow(ProblemLine line, int file) {}

    private static ProblemLine line(ResultSet row, int number) throws SQLException {
        return new ProblemLine(
                row.getString("kind"), row.getString("name"), row.getInt("entry"), row.getString("reason"));
    }

    /** A run's row for lists. */
    record Listed(
            UUID id,
            String label,
            String source,
            UUID facility,
            UUID by,
            String origin,
            String state,
            boolean cancelling,
            Instant created,
            @Nullable Instant finished,
            int files,
            long[] fates,
            int pass,
            long bytesDone,
            long bytesTotal,
            long activeMillis,
            @Nullable String fault) {}

    private static final String LISTED = """
            select r.*, (select count(*) from import_file f where f.run_id = r.id) as files,
                   c.stored, c.updated, c.unchanged, c.kept, c.refused
              from import_run r
              left join lateral (select sum(stored) as stored, sum(updated) as updated, sum(unchanged) as unchanged,
                                        sum(kept) as kept, sum(refused) as refused
                                   from import_count where run_id = r.id) c on true
            """;

    List<Listed> list(@Nullable Instant before, @Nullable UUID beforeId, int limit) {
        return database.sql(LISTED + """
                         where :at::timestamptz is null or (r.created_at, r.id) < (:at::timestamptz, :id::uuid)
                         order by r.created_at desc, r.id desc limit :limit
                        """)
                .param("at", before == null ? null : before.toString())
                .param("id", beforeId == null ? null : beforeId.toString())
                .param("limit", limit)
                .query(RunStore::listed)
                .list();
    }

    Optional<Listed> find(UUID run) {
        return database.sql(LISTED + " where r.id = :id")
                .param("id", run)
                .query(RunStore::listed)
                .optional();
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        List<Long> fates = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            fates.add(row.getLong(fate.name().toLowerCase(java.util.Locale.ROOT)));
        }
        Timestamp finished = row.getTimestamp("finished_at");
        return new Listed(
                uuid(row, "id"),
                row.getString("label"),
                row.getString("source"),
                uuid(row, "facility_id"),
                uuid(row, "started_by"),
                row.getString("origin"),
                row.getString("state"),
                row.getBoolean("cancel_requested"),
                row.getTimestamp("created_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getInt("files"),
                fates.stream().mapToLong(Long::longValue).toArray(),
                row.getInt("pass"),
                row.getLong("bytes_done"),
                row.getLong("bytes_total"),
                row.getLong("active_millis"),
                row.getString("fault"));
    }

    /** A change that waits for a person. */
    record ParkedRow(
            UUID id,
            String type,
            String kind,
            UUID target,
            @Nullable UUID patient,
            String source,
            String file,
            int entry,
            String reason,
            Instant at) {}

    private static final String PARKED = """
            select p.*, f.name from parked_resource p
              join import_file f on f.run_id = p.run_id and f.ordinal = p.file_ordinal
             where p.facility_id = any(:facilities)
            """;

    List<ParkedRow> parked(Collection<UUID> facilities, @Nullable UUID after, int limit) {
        return database.sql(PARKED + " and (:after::uuid is null or p.id > :after::uuid) order by p.id limit :limit")
                .param("facilities", facilities.toArray(UUID[]::new))
                .param("after", after == null ? null : after.toString())
                .param("limit", limit)
                .query(RunStore::parkedRow)
                .list();
    }

    Optional<ParkedRow> parked(UUID id, Collection<UUID> facilities) {
        return database.sql(PARKED + " and p.id = :id")
                .param("facilities", facilities.toArray(UUID[]::new))
                .param("id", id)
                .query(RunStore::parkedRow)
                .optional();
    }

    int parkedCount(Collection<UUID> facilities) {
        return database.sql("""
                        select count(*) from (select from parked_resource where facility_id = any(?) limit 501) p
                        """)
                .param(facilities.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    void dropParked(UUID id) {
        database.sql("delete from parked_resource where id = ?").param(id).update();
    }

    private static ParkedRow parkedRow(ResultSet row, int number) throws SQLException {
        return new ParkedRow(
                uuid(row, "id"),
                row.getString("resource_type"),
                row.getString("target_kind"),
                uuid(row, "target_id"),
                row.getObject("patient_id", UUID.class),
                row.getString("source"),
                row.getString("name"),
                row.getInt("entry"),
                row.getString("reason"),
                row.getTimestamp("parked_at").toInstant());
    }
}
