package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Writes a release: its rows go by COPY into a table of the transaction and from there, in a few statements, into the
 * entries, where a row that two releases share stands once with the time in which releases say it. A release may be
 * older than others that are there.
 */
@Component
class ReleaseStore {

    private static final int PIECE = 2_000_000;

    private final JdbcClient database;
    private final DataSource source;
    private final Clock clock;

    ReleaseStore(JdbcClient database, DataSource source, Clock clock) {
        this.database = database;
        this.source = source;
        this.clock = clock;
    }

    /** A release as it stands. */
    record Stored(
            long id,
            String kind,
            LocalDate from,
            String part,
            String name,
            int rows,
            int billable,
            int added,
            int revised,
            int ended,
            String fingerprint,
            String file) {}

    private static final String COLUMNS =
            "id, kind, valid_from, part, name, row_count, billable, added, revised, ended, fingerprint, file_name";

    private static Stored stored(java.sql.ResultSet row, int number) throws SQLException {
        return new Stored(
                row.getLong("id"),
                row.getString("kind"),
                row.getObject("valid_from", LocalDate.class),
                row.getString("part"),
                row.getString("name"),
                row.getInt("row_count"),
                row.getInt("billable"),
                row.getInt("added"),
                row.getInt("revised"),
                row.getInt("ended"),
                row.getString("fingerprint"),
                row.getString("file_name"));
    }

    /**
     * Only one file is written at a time, on whatever node; the lock goes with the transaction. Who comes second waits as
     * long as it takes, and so do the few statements over a million rows.
     */
    void lock() {
        database.sql("select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)")
                .query(rows -> {});
        database.sql("select pg_advisory_xact_lock(hashtextextended('code sets', 0))")
                .query(rows -> {});
    }

    /** The release that was read from these very bytes. */
    Optional<Stored> ofFile(String sha256, FileKind kind, @Nullable LocalDate from) {
        return database.sql("select " + COLUMNS + " from code_release where id in (select release_id from code_file"
                        + " where sha256 = :sha and kind = :kind and (cast(:from as date) is null or valid_from ="
                        + " cast(:from as date))) order by valid_from desc limit 1")
                .param("sha", sha256)
                .param("kind", kind.key())
                .param("from", from)
                .query(ReleaseStore::stored)
                .optional();
    }

    Optional<Stored> find(FileKind kind, LocalDate from, String part) {
        return database.sql("select " + COLUMNS
                        + " from code_release where kind = :kind and valid_from = :from and part = :part")
                .param("kind", kind.key())
                .param("from", from)
                .param("part", part)
                .query(ReleaseStore::stored)
                .optional();
    }

    /** The release that follows one of the same kind. */
    Optional<String> behind(FileKind kind, LocalDate from) {
        return database.sql("select name from code_release where kind = :kind and valid_from > :from"
                        + " order by valid_from, id limit 1")
                .param("kind", kind.key())
                .param("from", from)
                .query(String.class)
                .optional();
    }

    /** Whether anything of a kind is loaded. */
    boolean has(FileKind kind) {
        return database.sql("select exists (select 1 from code_release where kind = :kind)")
                .param("kind", kind.key())
                .query(Boolean.class)
                .single();
    }

    Stored get(long id) {
        return database.sql("select " + COLUMNS + " from code_release where id = :id")
                .param("id", id)
                .query(ReleaseStore::stored)
                .single();
    }

    /** Remembers that these bytes are this release. */
    void remember(String sha256, FileKind kind, Stored release, String file) {
        database.sql("insert into code_file (sha256, kind, valid_from, release_id, file_name)"
                        + " values (:sha, :kind, :from, :id, :file) on conflict do nothing")
                .param("sha", sha256)
                .param("kind", kind.key())
                .param("from", release.from())
                .param("id", release.id())
                .param("file", file)
                .update();
    }

    /** Begins a release; everything of it is in the caller's transaction. */
    Draft begin(FileKind kind, @Nullable ReleaseDate release) {
        return new Draft(kind, release);
    }

    /** A release that is being read. */
    final class Draft implements Sink {
        private final FileKind kind;
        private @Nullable ReleaseDate release;
        private String part = "";
        private final MessageDigest digest;
        private final Map<String, StringBuilder> pieces = new LinkedHashMap<>();
        private final TreeSet<String> series = new TreeSet<>();
        private final long id;
        private int ordinal;
        private int entries;
        private int reportable;
        private int @Nullable [] counts;

        private Draft(FileKind kind, @Nullable ReleaseDate release) {
            this.kind = kind;
            this.release = release;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
            database.sql("create temporary table if not exists code_incoming (series text, code text, title text,"
                            + " short_title text, billable boolean, detail text) on commit drop")
                    .update();
            database.sql("truncate code_incoming").update();
            this.id = database.sql("insert into code_release (kind, valid_from, part, name, row_count, billable, added,"
                            + " revised, ended, fingerprint, file_name, loaded_at)"
                            + " values (:kind, date '0001-01-01', :part, '', 0, 0, 0, 0, 0, '', '', :now)"
                            + " returning id")
                    .param("kind", kind.key())
                    .param("part", UUID.randomUUID().toString())
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .query(Long.class)
                    .single();
        }

        @Override
        public void entry(String list, String code, String title, String shortTitle, boolean billable, String detail)
                throws BadFile {
            series.add(list);
            entries++;
            reportable += billable ? 1 : 0;
            row("code_incoming", list, code, title, shortTitle, billable ? "t" : "f", detail);
        }

        @Override
        public void place(int chapter, String place, String title) throws BadFile {
            row("code_place", id, ordinal++, chapter, place, title);
        }

        @Override
        public void note(int chapter, String statedAt, String noteKind, String words) throws BadFile {
            row("code_note", id, ordinal++, chapter, statedAt, noteKind, words);
        }

        @Override
        public void seventh(int chapter, String statedAt, char symbol, String meaning) throws BadFile {
            row("code_seventh", id, ordinal++, chapter, statedAt, symbol, meaning);
        }

        @Override
        public void term(String words, int column, String code, String manifestation) throws BadFile {
            if (!code.isEmpty()) {
                row("code_term", id, ordinal++, words, column, code, manifestation);
            }
        }

        @Override
        public void stated(ReleaseDate stated) throws BadFile {
            ReleaseDate known = release;
            if (known != null && !known.from().equals(stated.from())) {
                throw new BadFile("The file says that it is " + stated.name() + " (from " + stated.from() + "), not "
                        + known.from() + ".");
            }
            release = stated;
        }

        @Override
        public LocalDate from() {
            return release().from();
        }

        @Override
        public void part(String of) {
            part = of;
        }

        @Override
        public void counts(int rows, int billable, int added, int revised, int ended) {
            counts = new int[] {rows, billable, added, revised, ended};
        }

        ReleaseDate release() {
            if (release == null) {
                throw new IllegalStateException("the release of a file is known before its rows are kept");
            }
            return release;
        }

        boolean dated() {
            return release != null;
        }

        String part() {
            return part;
        }

        String fingerprint() {
            return HexFormat.of().formatHex(digest.digest());
        }

        /** One row in the text form of COPY; that of the release itself is no part of what it is known by. */
        private void row(String table, Object... values) throws BadFile {
            StringBuilder piece = pieces.computeIfAbsent(table, name -> new StringBuilder());
            int begin = piece.length();
            int content = begin;
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    piece.append('\t');
                }
                escape(String.valueOf(values[i]), piece);
                if (i == 0 && values[0] instanceof Long) {
                    content = piece.length();
                }
            }
            piece.append('\n');
            digest.update(piece.substring(content).getBytes(StandardCharsets.UTF_8));
            if (piece.length() > PIECE) {
                copy(table, piece);
            }
        }

        private static void escape(String value, StringBuilder out) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> out.append("\\\\");
                    case '\t' -> out.append("\\t");
                    case '\n' -> out.append("\\n");
                    case '\r' -> out.append("\\r");
                    case '\0' -> out.append(' ');
                    default -> out.append(c);
                }
            }
        }

        private void copy(String table, StringBuilder piece) {
            String columns = switch (table) {
                case "code_incoming" -> "series, code, title, short_title, billable, detail";
                case "code_place" -> "release_id, ordinal, chapter, place, title";
                case "code_note" -> "release_id, ordinal, chapter, stated_at, kind, words";
                case "code_seventh" -> "release_id, ordinal, chapter, stated_at, symbol, meaning";
                default -> "release_id, ordinal, words, place, code, manifestation";
            };
            Connection connection = DataSourceUtils.getConnection(source);
            try {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " (" + columns + ") from stdin", new StringReader(piece.toString()));
            } catch (SQLException | IOException fault) {
                throw new IllegalStateException("the rows could not be copied", fault);
            } finally {
                DataSourceUtils.releaseConnection(connection, source);
            }
            piece.setLength(0);
        }

        /** Everything has been read: the release takes its place among the others. */
        Stored finish(String fingerprint, String file, @Nullable UUID by) {
            pieces.forEach((table, piece) -> {
                if (!piece.isEmpty()) {
                    copy(table, piece);
                }
            });
            LocalDate from = release().from();
            int[] said = counts;
            database.sql("update code_release set valid_from = :from, part = :part, name = :name, row_count = :rows,"
                            + " billable = :billable, added = :added, revised = :revised, ended = :ended,"
                            + " fingerprint = :fingerprint, file_name = :file, loaded_by = :by where id = :id")
                    .param("from", from)
                    .param("part", part)
                    .param("name", release().name() + (part.isEmpty() ? "" : ", " + part))
                    .param("rows", said == null ? entries : said[0])
                    .param("billable", said == null ? reportable : said[1])
                    .param("added", said == null ? 0 : said[2])
                    .param("revised", said == null ? 0 : said[3])
                    .param("ended", said == null ? 0 : said[4])
                    .param("fingerprint", fingerprint)
                    .param("file", file)
                    .param("by", by)
                    .param("id", id)
                    .update();
            boolean addenda = kind == FileKind.ICD10CM_ADDENDA || kind == FileKind.ICD10PCS_ADDENDA;
            if (addenda) {
                series.add(kind.key());
            }
            if (!series.isEmpty()) {
                database.sql("analyze code_incoming").update();
            }
            for (String one : series) {
                merge(one, from);
            }
            if (!series.isEmpty() && !addenda) {
                for (Long changed : database.sql("""
                                select release_id from code_series s where series in (:series) and valid_from = :from
                                union
                                select distinct on (series) release_id from (
                                    select series, release_id, valid_from from code_series
                                    where series in (:series) and valid_from > :from
                                    order by series, valid_from) later
                                """)
                        .param("series", series)
                        .param("from", from)
                        .query((row, number) -> row.getLong(1))
                        .list()) {
                    count(changed);
                }
            }
            return get(id);
        }

        private void merge(String one, LocalDate from) {
            LocalDate next = database.sql(
                            "select min(valid_from) from code_series where series = :series and valid_from > :from")
                    .param("series", one)
                    .param("from", from)
                    .query(LocalDate.class)
                    .optional()
                    .orElse(null);
            String same = "e.code = i.code and e.title = i.title and e.short_title = i.short_title"
                    + " and e.billable = i.billable and e.detail = i.detail";
            // What the releases before go on to say but this one does not, ends here; a later release may take it up.
            database.sql("create temporary table if not exists code_ended (id bigint primary key, until date)"
                            + " on commit drop")
                    .update();
            database.sql("truncate code_ended").update();
            database.sql("insert into code_ended select e.id, e.until from code_entry e where e.series = :series"
                            + " and e.since <= :from and (e.until is null or e.until > :from)"
                            + " and not exists (select 1 from code_incoming i where i.series = :series and "
                            + same + ")")
                    .param("series", one)
                    .param("from", from)
                    .update();
            if (next != null) {
                database.sql("insert into code_entry (series, code, title, short_title, billable, detail, since, until)"
                                + " select e.series, e.code, e.title, e.short_title, e.billable, e.detail, :next, e.until"
                                + " from code_entry e join code_ended d on d.id = e.id"
                                + " where e.until is null or e.until > :next")
                        .param("next", next)
                        .update();
            }
            database.sql("update code_entry e set until = :from from code_ended d where d.id = e.id")
                    .param("from", from)
                    .update();
            // What this release says and the ones before did not: joined to what a later one says already.
            if (next != null) {
                database.sql("update code_entry e set since = :from from code_incoming i where e.series = :series"
                                + " and i.series = :series and e.since = :next and " + same
                                + " and not exists (select 1 from code_entry o where o.series = :series"
                                + " and o.code = e.code and o.title = e.title and o.short_title = e.short_title"
                                + " and o.billable = e.billable and o.detail = e.detail and o.since <= :from"
                                + " and (o.until is null or o.until > :from))")
                        .param("series", one)
                        .param("from", from)
                        .param("next", next)
                        .update();
            }
            database.sql("insert into code_entry (series, code, title, short_title, billable, detail, since, until)"
                            + " select distinct i.series, i.code, i.title, i.short_title, i.billable, i.detail,"
                            + " cast(:from as date), cast(:next as date) from code_incoming i where i.series = :series"
                            + " and not exists (select 1 from code_entry e where e.series = :series and " + same
                            + " and e.since <= :from and (e.until is null or e.until > :from))")
                    .param("series", one)
                    .param("from", from)
                    .param("next", next)
                    .update();
            database.sql("insert into code_series (series, valid_from, release_id) values (:series, :from, :id)")
                    .param("series", one)
                    .param("from", from)
                    .param("id", id)
                    .update();
        }
    }

    /**
     * Tables of the difference of the release {@code :id} from the one before it, of codes that can be reported: {@code
     * difference} has series, code, change, title, was. What a list says of a code may be several rows.
     */
    static final String DIFFERENCE = """
            with own as (select series, valid_from from code_series where release_id = :id
                and series not like '%-synonyms' and series <> 'rxnorm-ndc-drugs'),
            born as (
                select e.series, e.code, array_agg(e.title order by e.title) as titles,
                    array_agg(e.short_title order by e.short_title) as shorts
                from own s join code_entry e on e.series = s.series and e.since = s.valid_from and e.billable
                group by e.series, e.code),
            gone as (
                select e.series, e.code, array_agg(e.title order by e.title) as titles,
                    array_agg(e.short_title order by e.short_title) as shorts
                from own s join code_entry e on e.series = s.series and e.until = s.valid_from and e.billable
                group by e.series, e.code),
            difference as (
                select series, code,
                    case when g.key is null then 'ADDED' when b.key is null then 'ENDED' else 'REVISED' end as change,
                    b.titles[1] as title, g.titles[1] as was
                from (select *, code as key from born) b full join (select *, code as key from gone) g
                    using (series, code)
                where b.key is null or g.key is null or b.titles <> g.titles
                    or (b.shorts[1] <> '' and g.shorts[1] <> '' and b.shorts <> g.shorts))
            """;

    private void count(long release) {
        database.sql(DIFFERENCE + """
                        update code_release set
                            added = (select count(*) from difference where change = 'ADDED'),
                            ended = (select count(*) from difference where change = 'ENDED'),
                            revised = (select count(*) from difference where change = 'REVISED')
                        where id = :id
                        """).param("id", release).update();
    }
}
