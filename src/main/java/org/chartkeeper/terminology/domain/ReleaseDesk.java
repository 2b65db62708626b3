package org.chartkeeper.terminology.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeReleases;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the loaded releases for the pages. */
@Service
class ReleaseDesk implements CodeReleases {

    private static final int MOST_ENDED = 10_000;
    private static final int SHOWN_USES = 100;

    private final JdbcClient database;
    private final ActorNames names;
    private final CurrentActor actor;
    private final PatientLabels labels;
    private final CodeBook book;
    private final List<CodeUse> places;
    private final AuditTrail audit;

    ReleaseDesk(
            JdbcClient database,
            ActorNames names,
            CurrentActor actor,
            PatientLabels labels,
            CodeBook book,
            List<CodeUse> places,
            AuditTrail audit) {
        this.database = database;
        this.names = names;
        this.actor = actor;
        this.labels = labels;
        this.book = book;
        this.places = List.copyOf(places);
        this.audit = audit;
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
            @Nullable String series,
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
                    row.getString("series"),
                    row.getInt("of_kind"));
        }
    }

    /** The release before is that of the same codes, which several files of one kind may share between them. */
    private static final String SELECT = """
            select r.*, (select b.name from code_series s
                join code_series earlier on earlier.series = s.series and earlier.valid_from < s.valid_from
                join code_release b on b.id = earlier.release_id
                where s.release_id = r.id and r.kind not like '%-addenda'
                order by earlier.valid_from desc, b.id desc limit 1) as before,
                (select min(series) from code_series where release_id = r.id) as series
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
                row.before,
                row.series == null ? null : CodeSystem.ofKey(row.series).orElse(null));
    }

    private Row row(long id) {
        return database.sql(SELECT + ", 0 as of_kind from code_release r where id = :id")
                .param("id", id)
                .query(Row::of)
                .optional()
                .orElseThrow(() -> new NotFound("release " + id));
    }

    @Override
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public Release find(long id) {
        Row row = row(id);
        return release(row, people(List.of(row)));
    }

    @Override
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public Slice<Difference> difference(long id, @Nullable Change change, @Nullable String after, int limit) {
        if (row(id).before == null) {
            return new Slice<>(List.of(), null);
        }
        String[] parts = after == null ? new String[0] : after.split("_", 2);
        record Line(String series, String code, Difference difference) {}
        List<Line> lines = database.sql(ReleaseStore.DIFFERENCE + """
                        select series, code, change, title, was from difference
                        where (cast(:change as text) is null or change = :change)
                        and (code, series) > (:code, :series) order by code, series limit :limit
                        """)
                .param("id", id)
                .param("change", change == null ? null : change.name())
                .param("code", parts.length == 2 ? parts[0] : "")
                .param("series", parts.length == 2 ? parts[1] : "")
                .param("limit", limit + 1)
                .query((row, number) -> {
                    String series = row.getString("series");
                    String code = row.getString("code");
                    CodeSystem system = CodeSystem.ofKey(series).orElse(null);
                    return new Line(
                            series,
                            code,
                            new Difference(
                                    Change.valueOf(row.getString("change")),
                                    system == null ? code : IcdCode.written(system, code),
                                    system,
                                    system == null ? list(series) : null,
                                    row.getString("title"),
                                    row.getString("was")));
                })
                .list();
        List<Line> shown = lines.size() > limit ? lines.subList(0, limit) : lines;
        return new Slice<>(
                shown.stream().map(Line::difference).toList(),
                lines.size() > limit
                        ? shown.getLast().code() + "_" + shown.getLast().series()
                        : null);
    }

    /** {@code list:AGE_NEWBORN} is "age newborn". */
    private static String list(String series) {
        return series.startsWith("list:")
                ? series.substring("list:".length()).toLowerCase(Locale.ROOT).replace('_', ' ')
                : series;
    }

    /** Codes that end with a release, by the system that they are of, with their last titles. */
    private Map<CodeSystem, Map<String, String>> ended(long id, @Nullable String only) {
        Map<CodeSystem, Map<String, String>> ended = new TreeMap<>();
        database.sql(ReleaseStore.DIFFERENCE + """
                        select series, code, was from difference where change = 'ENDED'
                        and (cast(:only as text) is null or code = :only) order by series, code limit :most
                        """)
                .param("id", id)
                .param("only", only)
                .param("most", MOST_ENDED)
                .query(row -> {
                    String code = row.getString("code");
                    String was = row.getString("was");
                    CodeSystem.ofKey(row.getString("series"))
                            .ifPresent(system -> ended.computeIfAbsent(system, key -> new LinkedHashMap<>())
                                    .put(IcdCode.written(system, code), was));
                });
        return ended;
    }

    @Override
    @Requires({Permission.CODE_SETS, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public List<Ending> impact(long id) {
        if (row(id).before == null) {
            return List.of();
        }
        List<Ending> endings = new ArrayList<>();
        ended(id, null).forEach((system, titles) -> {
            Map<String, Map<String, Integer>> uses = new HashMap<>();
            for (CodeUse place : places) {
                place.counts(actor.get(), system, titles.keySet())
                        .forEach((code, number) -> uses.computeIfAbsent(code, key -> new LinkedHashMap<>())
                                .put(place.what(), number));
            }
            titles.forEach((code, title) -> {
                Map<String, Integer> own = uses.get(code);
                if (own != null) {
                    endings.add(new Ending(
                            system,
                            code,
                            title,
                            own,
                            system == CodeSystem.ICD10CM ? book.successors(code) : List.of()));
                }
            });
        });
        return endings;
    }

    @Override
    @Requires(Permission.CODING_WORK)
    @Transactional
    public List<Place> uses(long id, String code) {
        Map.Entry<CodeSystem, Map<String, String>> ended = ended(id, IcdCode.bare(code)).entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("no such code ends with release " + id));
        Actor who = actor.get();
        Map<String, List<CodeUse.Use>> found = new LinkedHashMap<>();
        for (CodeUse place : places) {
            List<CodeUse.Use> uses =
                    place.uses(who, ended.getKey(), ended.getValue().keySet(), SHOWN_USES);
            if (!uses.isEmpty()) {
                found.put(place.what(), uses);
            }
        }
        Set<PatientId> patients = found.values().stream()
                .flatMap(List::stream)
                .map(CodeUse.Use::patient)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<PatientId, String> known = patients.isEmpty() ? Map.of() : labels.labels(who, patients);
        audit.record(AuditEvent.done("codes.uses")
                .on("code-release", id)
                .count(patients.size())
                .details(
                        patients.isEmpty()
                                ? null
                                : patients.stream().map(PatientId::toString).collect(Collectors.joining(" "))));
        return found.entrySet().stream()
                .map(each -> new Place(each.getKey(), each.getValue(), known))
                .toList();
    }
}
