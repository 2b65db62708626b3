package org.chartkeeper.terminology.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.terminology.CodeSets.FileReport;
import org.chartkeeper.terminology.CodeSets.Status;
import org.chartkeeper.terminology.CodeUploads.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of uploads; each call joins the caller's transaction. */
@Component
class UploadStore {

    private final JdbcClient database;

    UploadStore(JdbcClient database) {
        this.database = database;
    }

    /** An upload as it stands, with how many of its files ended how. */
    record Row(
            UUID id,
            String label,
            String sha256,
            @Nullable LocalDate from,
            UUID by,
            UUID facility,
            State state,
            boolean cancelling,
            Instant created,
            @Nullable Instant finished,
            long activeMillis,
            int files,
            int filesDone,
            long bytes,
            long bytesDone,
            @Nullable String reading,
            @Nullable String fault,
            int loaded,
            int unchanged,
            int skipped,
            int refused) {}

    /** What became of a file, with the release that it is. */
    record FileRow(int place, @Nullable Long release, FileReport report) {}

    void create(UUID id, String label, String sha256, @Nullable LocalDate from, UUID by, UUID facility, Instant now) {
        database.sql(
                        "insert into code_upload (id, label, sha256, valid_from, started_by, facility_id, state, created_at)"
                                + " values (:id, :label, :sha, :from, :by, :facility, 'waiting', :now)")
                .param("id", id)
                .param("label", label)
                .param("sha", sha256)
                .param("from", from)
                .param("by", by)
                .param("facility", facility)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static final String ROWS = """
            select u.*, f.loaded, f.unchanged, f.skipped, f.refused from code_upload u cross join lateral (
                select count(*) filter (where status = 'LOADED') as loaded,
                       count(*) filter (where status = 'UNCHANGED') as unchanged,
                       count(*) filter (where status = 'SKIPPED') as skipped,
                       count(*) filter (where status = 'REFUSED') as refused
                from code_upload_file where upload_id = u.id) f
            """;

    Optional<Row> find(UUID id) {
        return database.sql(ROWS + " where u.id = :id")
                .param("id", id)
                .query(UploadStore::row)
                .optional();
    }

    /** The newest behind a place in the list, or from its beginning. */
    List<Row> list(@Nullable Instant created, @Nullable UUID id, int limit) {
        return database.sql(ROWS + " where cast(:created as timestamptz) is null"
                        + " or (u.created_at, u.id) < (cast(:created as timestamptz), cast(:id as uuid))"
                        + " order by u.created_at desc, u.id desc limit :limit")
                .param("created", created == null ? null : Timestamp.from(created))
                .param("id", id)
                .param("limit", limit)
                .query(UploadStore::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Timestamp finished = row.getTimestamp("finished_at");
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("label"),
                row.getString("sha256"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("started_by", UUID.class),
                row.getObject("facility_id", UUID.class),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("cancel_requested"),
                row.getTimestamp("created_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getLong("active_millis"),
                row.getInt("files"),
                row.getInt("files_done"),
                row.getLong("bytes"),
                row.getLong("bytes_done"),
                row.getString("reading"),
                row.getString("fault"),
                row.getInt("loaded"),
                row.getInt("unchanged"),
                row.getInt("skipped"),
                row.getInt("refused"));
    }

    void start(UUID id, int files, long bytes) {
        database.sql("update code_upload set state = 'running', files = :files, bytes = :bytes, fault = null,"
                        + " finished_at = null where id = :id")
                .param("files", files)
                .param("bytes", bytes)
                .param("id", id)
                .update();
    }

    void reading(UUID id, String file) {
        database.sql("update code_upload set reading = :file where id = :id")
                .param("file", file)
                .param("id", id)
                .update();
    }

    boolean cancelRequested(UUID id) {
        return database.sql("select cancel_requested from code_upload where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Places of the files that are done. */
    Set<Integer> done(UUID id) {
        return new HashSet<>(database.sql("select place from code_upload_file where upload_id = :id")
                .param("id", id)
                .query(Integer.class)
                .list());
    }

    void file(UUID id, int place, FileReport report) {
        database.sql(
                        "insert into code_upload_file (upload_id, place, file, kind, release, valid_from, status, row_count,"
                                + " billable, added, revised, ended, reason) values (:id, :place, :file, :kind, :release, :from,"
                                + " :status, :rows, :billable, :added, :revised, :ended, :reason) on conflict do nothing")
                .param("id", id)
                .param("place", place)
                .param("file", report.file())
                .param("kind", report.system())
                .param("release", report.release())
                .param("from", report.from())
                .param("status", report.status().name())
                .param("rows", report.rows())
                .param("billable", report.billable())
                .param("added", report.added())
                .param("revised", report.revised())
                .param("ended", report.ended())
                .param("reason", report.reason())
                .update();
    }

    void progress(UUID id, int filesDone, long bytesDone, long activeMillis) {
        database.sql("update code_upload set files_done = :files, bytes_done = :bytes, active_millis = :active"
                        + " where id = :id")
                .param("files", filesDone)
                .param("bytes", bytesDone)
                .param("active", activeMillis)
                .param("id", id)
                .update();
    }

    void end(UUID id, State state, @Nullable String fault, Instant now) {
        database.sql("update code_upload set state = :state, fault = :fault, reading = null, finished_at = :now,"
                        + " cancel_requested = false where id = :id")
                .param("state", state.name().toLowerCase(Locale.ROOT))
                .param("fault", fault)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    void cancel(UUID id) {
        database.sql(
                        "update code_upload set cancel_requested = true where id = :id and state in ('waiting', 'running')")
                .param("id", id)
                .update();
    }

    /** Puts one that was stopped or failed back into the queue; answers whether it was. */
    boolean requeue(UUID id) {
        return database.sql("update code_upload set state = 'waiting', fault = null, finished_at = null,"
                                + " cancel_requested = false where id = :id and state in ('cancelled', 'failed')")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Files behind a place, with the newest other release of their kind where that is later. */
    List<FileRow> files(UUID id, int after, int limit) {
        return database.sql("""
                        select f.*, r.id as release_id from code_upload_file f
                        left join lateral (
                            select id from code_release where kind = f.kind and valid_from = f.valid_from
                            and f.status in ('LOADED', 'UNCHANGED')
                            and name = f.release order by id desc limit 1) r on true
                        where f.upload_id = :id and f.place > :after order by f.place limit :limit
                        """)
                .param("id", id)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new FileRow(
                        row.getInt("place"),
                        row.getObject("release_id", Long.class),
                        new FileReport(
                                row.getString("file"),
                                row.getString("kind"),
                                row.getString("release"),
                                row.getObject("valid_from", LocalDate.class),
                                Status.valueOf(row.getString("status")),
                                row.getInt("row_count"),
                                row.getInt("billable"),
                                row.getInt("added"),
                                row.getInt("revised"),
                                row.getInt("ended"),
                                row.getString("reason"))))
                .list();
    }
}
