package org.chartkeeper.terminology.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.terminology.CodeReleases;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the loaded releases for the pages. */
@Service
class ReleaseDesk implements CodeReleases {

    private final JdbcClient database;
    private final ActorNames names;

    ReleaseDesk(JdbcClient database, ActorNames names) {
        this.database = database;
        this.names = names;
    }

    /** A release as its row has it. */
    private record Row(
            long id,
            String kind,
            String name,
            LocalDate from,
            String file,
            int rows,
            int billable,
            int added,
            int revised,
            int ended,
            Instant loadedAt,
            @Nullable UUID loadedBy,
            @Nullable String before,
            int ofKind) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    row.getString("kind"),
                    row.getString("name"),
                    row.getObject("valid_from", LocalDate.class),
                    row.getString("file_name"),
                    row.getInt("row_count"),
                    row.getInt("billable"),
                    row.getInt("added"),
                    row.getInt("revised"),
                    row.getInt("ended"),
                    row.getTimestamp("loaded_at").toInstant(),
                    row.getObject("loaded_by", UUID.class),
                    row.getString("before"),
                    row.getInt("of_kind"));
        }
    }

    /** The release before is that of the same codes, which several files of one kind may share between them. */
    private static final String SELECT = """
            select r.*, (select b.name from code_series s
                join code_series earlier on earlier.series = s.series and earlier.valid_from < s.valid_from
                join code_release b on b.id = earlier.release_id
                where s.release_id = r.id and r.kind not like '%-addenda'
                order by earlier.valid_from desc, b.id desc limit 1) as before
            """;

    @Override
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public List<Kind> kinds(int newest) {
        List<Row> rows = database.sql(SELECT + """
                        from (select c.*, count(*) over (partition by kind) as of_kind,
                              row_number() over (partition by kind order by valid_from desc, id desc) as place
                              from code_release c) r
                        where r.place <= :newest order by r.kind, r.place
                        """)
                .param("newest", newest)
                .query(Row::of)
                .list();
        Map<UserId, String> people = people(rows);
        List<Kind> kinds = new ArrayList<>();
        rows.stream()
                .collect(Collectors.groupingBy(Row::kind))
                .forEach((key, own) -> kinds.add(new Kind(
                        key,
                        FileKind.ofKey(key).label(),
                        own.getFirst().ofKind(),
                        own.stream().map(row -> release(row, people)).toList())));
        kinds.sort(Comparator.comparing(kind -> FileKind.ofKey(kind.key())));
        return List.copyOf(kinds);
    }

    @Override
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public Slice<Release> ofKind(String kind, @Nullable String after, int limit) {
        try {
            FileKind.ofKey(kind);
        } catch (IllegalArgumentException unknown) {
            throw new NotFound("no kind of file " + kind);
        }
        LocalDate from = null;
        long id = 0;
        if (after != null) {
            String[] parts = after.split("_", 2);
            try {
                from = LocalDate.parse(parts[0]);
                id = Long.parseLong(parts[1]);
            } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
                from = null;
            }
        }
        List<Row> rows = database.sql(SELECT + """
                        , 0 as of_kind from code_release r where kind = :kind
                        and (cast(:from as date) is null or (valid_from, id) < (cast(:from as date), :id))
                        order by valid_from desc, id desc limit :limit
                        """)
                .param("kind", kind)
                .param("from", from)
                .param("id", id)
                .param("limit", limit + 1)
                .query(Row::of)
                .list();
        List<Row> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        Map<UserId, String> people = people(shown);
        return new Slice<>(
                shown.stream().map(row -> release(row, people)).toList(),
                rows.size() > limit
                        ? shown.getLast().from() + "_" + shown.getLast().id()
                        : null);
    }

    private Map<UserId, String> people(List<Row> rows) {
        Set<UserId> ids = rows.stream()
                .map(Row::loadedBy)
                .filter(Objects::nonNull)
                .map(UserId::new)
                .filter(user -> !user.equals(Actor.SYSTEM_USER))
                .collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of() : names.names(ids);
    }

    private static Release release(Row row, Map<UserId, String> people) {
        return new Release(
                row.id,
                row.kind,
                FileKind.ofKey(row.kind).label(),
                row.name,
                row.from,
                row.file,
                row.rows,
                row.billable,
                row.added,
                row.revised,
                row.ended,
                row.loadedAt,
                row.loadedBy == null ? null : people.get(new UserId(row.loadedBy)),
                row.before);
    }
}
