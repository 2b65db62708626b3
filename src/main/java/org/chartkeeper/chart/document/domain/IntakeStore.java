package org.chartkeeper.chart.document.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.chart.document.Intake.Backlog;
import org.chartkeeper.chart.document.Intake.Item;
import org.chartkeeper.chart.document.Intake.Page;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the queue. Every method joins the caller's transaction. */
@Component
class IntakeStore {

    private static final int BOUND = 501;

    private static final String COLUMNS = """
            f.id, f.facility_id, f.label, f.sha256, f.size, f.media_type, f.channel, f.pages, f.state, f.received_at,
            f.received_by, f.version,
            CASE WHEN f.state = 'waiting'
                 THEN (SELECT count(*) FROM intake_page p WHERE p.intake_id = f.id AND p.state = 'open') ELSE 0
            END AS open
            """;

    private final JdbcClient jdbc;
    private final ActorNames names;

    IntakeStore(JdbcClient jdbc, ActorNames names) {
        this.jdbc = jdbc;
        this.names = names;
    }

    /** A row as it stands, without the name of who received it. */
    record FileRow(
            UUID id,
            FacilityId facility,
            String label,
            String sha256,
            long size,
            FileKind kind,
            String channel,
            int pages,
            int open,
            String state,
            Instant receivedAt,
            UserId receivedBy,
            int version) {

        static FileRow of(ResultSet row) throws SQLException {
            return new FileRow(
                    Sql.uuid(row, "id"),
                    new FacilityId(Sql.uuid(row, "facility_id")),
                    row.getString("label"),
                    row.getString("sha256"),
                    row.getLong("size"),
                    FileKind.ofMediaType(row.getString("media_type")).orElseThrow(),
                    row.getString("channel"),
                    row.getInt("pages"),
                    row.getInt("open"),
                    row.getString("state"),
                    Sql.instant(row, "received_at"),
                    new UserId(Sql.uuid(row, "received_by")),
                    row.getInt("version"));
        }

        Item item(String receivedByName) {
            return new Item(
                    id,
                    facility,
                    label,
                    sha256,
                    size,
                    kind.mediaType(),
                    channel,
                    pages,
                    open,
                    state,
                    receivedAt,
                    receivedByName,
                    version);
        }
    }

    /**
     * Announces a file whose content is about to be kept; nobody sees it yet.
     *
     * @return false where the same content is there already
     */
    boolean announce(
            UUID id,
            FacilityId facility,
            String sha256,
            long size,
            FileKind kind,
            String label,
            String channel,
            int pages,
            UserId by,
            Instant at) {
        return jdbc.sql("""
                        INSERT INTO intake_file (id, facility_id, sha256, size, media_type, label, channel, pages, state,
                                                 received_at, received_by)
                        VALUES (:id, :facility, :sha256, :size, :type, :label, :channel, :pages, 'receiving', :at, :by)
                        ON CONFLICT (facility_id, sha256) WHERE state <> 'removed' DO NOTHING
                        """)
                        .param("id", id)
                        .param("facility", facility.value())
                        .param("sha256", sha256)
                        .param("size", size)
                        .param("type", kind.mediaType())
                        .param("label", label)
                        .param("channel", channel)
                        .param("pages", pages)
                        .param("at", Sql.at(at))
                        .param("by", by.value())
                        .update()
                == 1;
    }

    /** Makes an announced file visible; false where it was so already. */
    boolean appear(UUID id) {
        boolean appeared = jdbc.sql("UPDATE intake_file SET state = 'waiting' WHERE id = :id AND state = 'receiving'")
                        .param("id", id)
                        .update()
                == 1;
        if (appeared) {
            jdbc.sql("""
                            INSERT INTO intake_page (intake_id, number)
                            SELECT f.id, n FROM intake_file f, generate_series(1, f.pages) n WHERE f.id = :id
                            """).param("id", id).update();
        }
        return appeared;
    }

    /** Forgets an announced file whose content was not kept. */
    void forget(UUID id) {
        jdbc.sql("DELETE FROM intake_file WHERE id = :id AND state = 'receiving'")
                .param("id", id)
                .update();
    }

    Optional<FileRow> sameContent(FacilityId facility, String sha256) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM intake_file f"
                        + " WHERE f.facility_id = :facility AND f.sha256 = :sha256 AND f.state <> 'removed'")
                .param("facility", facility.value())
                .param("sha256", sha256)
                .query((row, number) -> FileRow.of(row))
                .optional();
    }

    /** Files that were announced before a moment and never appeared. */
    List<FileRow> stranded(Instant before, int limit) {
        return jdbc.sql(
                        "SELECT " + COLUMNS + " FROM intake_file f"
                                + " WHERE f.state = 'receiving' AND f.received_at < :before ORDER BY f.received_at LIMIT :limit")
                .param("before", Sql.at(before))
                .param("limit", limit)
                .query((row, number) -> FileRow.of(row))
                .list();
    }

    /** A file at one of these facilities that has appeared. */
    Optional<FileRow> find(UUID id, Collection<FacilityId> facilities, boolean lock) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM intake_file f WHERE f.id = :id AND f.state <> 'receiving'"
                        + " AND f.facility_id = ANY (:facilities::uuid[])" + (lock ? " FOR UPDATE" : ""))
                .param("id", id)
                .param("facilities", Sql.facilities(facilities))
                .query((row, number) -> FileRow.of(row))
                .optional();
    }

    Slice<Item> waiting(Collection<FacilityId> facilities, @Nullable String after, int limit) {
        List<FileRow> rows = jdbc.sql("SELECT " + COLUMNS + " FROM intake_file f WHERE f.state = 'waiting'"
                        + " AND f.facility_id = ANY (:facilities::uuid[])"
                        + " AND (:after::uuid IS NULL OR (f.received_at, f.id) >"
                        + "      (SELECT a.received_at, a.id FROM intake_file a WHERE a.id = :after::uuid))"
                        + " ORDER BY f.received_at, f.id LIMIT :limit")
                .param("facilities", Sql.facilities(facilities))
                .param("after", after)
                .param("limit", limit + 1)
                .query((row, number) -> FileRow.of(row))
                .list();
        boolean more = rows.size() > limit;
        List<FileRow> shown = more ? rows.subList(0, limit) : rows;
        return new Slice<>(named(shown), more ? shown.get(shown.size() - 1).id().toString() : null);
    }

    List<Item> named(List<FileRow> rows) {
        Map<UserId, String> known = rows.isEmpty()
                ? Map.of()
                : names.names(rows.stream().map(FileRow::receivedBy).collect(Collectors.toSet()));
        return rows.stream()
                .map(row -> row.item(known.getOrDefault(row.receivedBy(), "somebody")))
                .toList();
    }

    Backlog backlog(@Nullable FacilityId facility) {
        if (facility == null) {
            return new Backlog(0, null);
        }
        return jdbc.sql("""
                        SELECT count(*) AS number, min(received_at) AS oldest
                        FROM (SELECT received_at FROM intake_file
                              WHERE facility_id = :facility AND state = 'waiting'
                              ORDER BY received_at LIMIT %d) bounded
                        """.formatted(BOUND))
                .param("facility", facility.value())
                .query((row, number) -> new Backlog(
                        row.getInt("number"), row.getString("oldest") == null ? null : Sql.instant(row, "oldest")))
                .single();
    }

    /** Place among those that wait at the same facility, and how many they are. */
    int[] place(FileRow file) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE (received_at, id) <= (:at, :id)) AS place, count(*) AS all_of_them
                        FROM intake_file WHERE facility_id = :facility AND state = 'waiting'
                        """)
                .param("facility", file.facility().value())
                .param("at", Sql.at(file.receivedAt()))
                .param("id", file.id())
                .query((row, number) -> new int[] {row.getInt("place"), row.getInt("all_of_them")})
                .single();
    }

    /** The one behind this in the queue of its facility, else the first of the queue. */
    @Nullable
    UUID next(FileRow file) {
        return jdbc.sql("""
                        SELECT id FROM intake_file
                        WHERE facility_id = :facility AND state = 'waiting' AND id <> :id
                        ORDER BY (received_at, id) < (:at, :id), received_at, id LIMIT 1
                        """)
                .param("facility", file.facility().value())
                .param("at", Sql.at(file.receivedAt()))
                .param("id", file.id())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    List<Page> pages(UUID id) {
        return jdbc.sql(
                        "SELECT number, rotation, state, entry_id FROM intake_page WHERE intake_id = :id ORDER BY number")
                .param("id", id)
                .query((row, number) -> {
                    UUID entry = row.getObject("entry_id", UUID.class);
                    return new Page(
                            row.getInt("number"),
                            row.getInt("rotation"),
                            row.getString("state"),
                            entry == null ? null : new EntryId(entry));
                })
                .list();
    }

    void turn(UUID id, int page, int degrees) {
        jdbc.sql("""
                        UPDATE intake_page SET rotation = (rotation + :degrees + 360) % 360
                        WHERE intake_id = :id AND number = :page AND state = 'open'
                        """)
                .param("id", id)
                .param("page", page)
                .param("degrees", degrees)
                .update();
    }

    /** Brings pages from one state into another; answers how many were in it. */
    int move(UUID id, Collection<Integer> pages, String from, String to, @Nullable EntryId entry) {
        return jdbc.sql("""
                        UPDATE intake_page SET state = :to, entry_id = :entry
                        WHERE intake_id = :id AND state = :from AND number = ANY (:pages::int[])
                        """)
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .param("entry", entry == null ? null : entry.value())
                .param("pages", pages.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")))
                .update();
    }

    /** What a document gives back: its pages are open again. */
    void reopen(UUID id, EntryId entry) {
        jdbc.sql("UPDATE intake_page SET state = 'open', entry_id = NULL WHERE intake_id = :id AND entry_id = :entry")
                .param("id", id)
                .param("entry", entry.value())
                .update();
        jdbc.sql("""
                        UPDATE intake_file
                        SET state = 'waiting', closed_at = NULL, closed_by = NULL, close_reason = NULL,
                            version = version + 1
                        WHERE id = :id
                        """).param("id", id).update();
    }

    /** Closes a file of which no page is open, and says so; how many are open else. */
    int settle(UUID id, UserId by, Instant at) {
        int open = jdbc.sql("SELECT count(*) FROM intake_page WHERE intake_id = :id AND state = 'open'")
                .param("id", id)
                .query(Integer.class)
                .single();
        int filed = jdbc.sql("SELECT count(*) FROM intake_page WHERE intake_id = :id AND state = 'filed'")
                .param("id", id)
                .query(Integer.class)
                .single();
        if (open == 0 && filed > 0) {
            close(id, "indexed", by, at, null);
        } else {
            jdbc.sql("UPDATE intake_file SET version = version + 1 WHERE id = :id")
                    .param("id", id)
                    .update();
        }
        return open;
    }

    void close(UUID id, String state, UserId by, Instant at, @Nullable String reason) {
        jdbc.sql("""
                        UPDATE intake_file
                        SET state = :state, closed_at = :at, closed_by = :by, close_reason = :reason, version = version + 1
                        WHERE id = :id
                        """)
                .param("id", id)
                .param("state", state)
                .param("by", by.value())
                .param("at", Sql.at(at))
                .param("reason", reason)
                .update();
    }

    // ---- filings
    // ---------------------------------------------------------------------------------------------------------

    /** Where a document came in. */
    record Filed(UUID intake) {}

    /** How a document stands. {@code words}: see {@link TextStore}. */
    record Standing(@Nullable UUID intake, @Nullable String words) {}

    void filed(EntryId entry, java.util.UUID patient, FileRow file, List<Integer> pages, UserId by, Instant at) {
        jdbc.sql("""
                        INSERT INTO document_filing (entry_id, patient_id, facility_id, intake_id, pages, filed_by, filed_at)
                        VALUES (:entry, :patient, :facility, :intake, :pages, :by, :at)
                        """)
                .param("entry", entry.value())
                .param("patient", patient)
                .param("facility", file.facility().value())
                .param("intake", file.id())
                .param("pages", pages.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .param("by", by.value())
                .param("at", Sql.at(at))
                .update();
    }

    Optional<Filed> filing(EntryId entry) {
        return jdbc.sql("SELECT intake_id FROM document_filing WHERE entry_id = :entry")
                .param("entry", entry.value())
                .query((row, number) -> new Filed(Sql.uuid(row, "intake_id")))
                .optional();
    }

    /** Where a document came in and how its words stand for the search; either may not be known. */
    Standing standing(EntryId entry) {
        return jdbc.sql("""
                        SELECT f.intake_id, t.state
                        FROM (SELECT :entry::uuid AS id) one
                        LEFT JOIN document_filing f ON f.entry_id = one.id
                        LEFT JOIN document_text t ON t.entry_id = one.id
                        """)
                .param("entry", entry.value())
                .query((row, number) -> new Standing(row.getObject("intake_id", UUID.class), row.getString("state")))
                .single();
    }

    void takenBack(EntryId entry, Instant at) {
        jdbc.sql("UPDATE document_filing SET taken_back_at = :at WHERE entry_id = :entry")
                .param("entry", entry.value())
                .param("at", Sql.at(at))
                .update();
    }

    /** Rows of several files by id. */
    List<Item> items(Collection<UUID> ids) {
        List<FileRow> rows =
                new ArrayList<>(jdbc.sql("SELECT " + COLUMNS + " FROM intake_file f WHERE f.id = ANY (:ids::uuid[])")
                        .param("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                        .query((row, number) -> FileRow.of(row))
                        .list());
        return named(rows);
    }
}
