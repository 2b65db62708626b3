package org.chartkeeper.web;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Views of worklists that a person keeps by name; nobody sees those of others. */
@Service
class SavedViews {

    private static final int MOST = 30;
    /** Filters are words and numbers; nothing that could lead elsewhere or carry a name of a patient in free text. */
    private static final Pattern QUERY = Pattern.compile("([a-zA-Z]{1,30}=[A-Za-z0-9%+_.:-]{0,80}(&|$)){0,20}");

    private static final Set<String> NEVER_KEPT = Set.of("q", "name", "born", "mrn", "after", "before", "page");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Rail rail;

    SavedViews(JdbcClient jdbc, Clock clock, Rail rail) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.rail = rail;
    }

    /** The views of a list, the standard one first, then by name; one statement. */
    @Transactional(readOnly = true)
    List<SavedView> of(Actor actor, String list) {
        return jdbc.sql("""
                        SELECT id, list, name, query, is_default FROM saved_view
                        WHERE user_id = ? AND list = ? ORDER BY is_default DESC, lower(name)
                        """)
                .params(actor.user().value(), list)
                .query((row, number) -> new SavedView(
                        row.getObject("id", UUID.class),
                        row.getString("list"),
                        row.getString("name"),
                        row.getString("query"),
                        row.getBoolean("is_default")))
                .list();
    }

    /**
     * Keeps a view; one of the same name is replaced.
     *
     * @throws NotFound where this actor has no such list
     * @throws Rejected where the name or the filters cannot be kept
     */
    @Transactional
    SavedView save(Actor actor, String list, String name, String query, boolean standard) {
        List<Problem> problems = new ArrayList<>();
        boolean known =
                rail.entries(actor).stream().anyMatch(entry -> entry.path().equals(list));
        if (!known) {
            throw new NotFound("list for a saved view");
        }
        String title = name.strip();
        if (title.isEmpty() || title.length() > 60) {
            problems.add(Problem.error("name", "Give the view a name of 1 to 60 characters"));
        }
        String kept = withoutWords(query);
        if (kept.length() > 1000 || !QUERY.matcher(kept).matches()) {
            problems.add(Problem.error(null, "These filters cannot be kept"));
        }
        if (of(actor, list).size() >= MOST) {
            problems.add(Problem.error(null, "There are " + MOST + " views already: delete one first"));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        if (standard) {
            jdbc.sql("UPDATE saved_view SET is_default = false WHERE user_id = ? AND list = ? AND is_default")
                    .params(actor.user().value(), list)
                    .update();
        }
        UUID id = jdbc.sql("""
                        INSERT INTO saved_view (id, user_id, facility_id, list, name, query, is_default, created_at)
                        VALUES (:id, :user, :facility, :list, :name, :query, :standard, :now)
                        ON CONFLICT (user_id, list, name) DO UPDATE
                        SET query = excluded.query, is_default = excluded.is_default
                        RETURNING id
                        """)
                .param("id", Uuid7.next())
                .param("user", actor.user().value())
                .param(
                        "facility",
                        actor.facility() == null ? null : actor.facility().value(),
                        java.sql.Types.OTHER)
                .param("list", list)
                .param("name", title)
                .param("query", kept)
                .param("standard", standard)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(UUID.class)
                .single();
        return new SavedView(id, list, title, kept, standard);
    }

    /**
     * Deletes one of the actor's own views and answers its list.
     *
     * @throws NotFound where it is not the actor's
     */
    @Transactional
    String delete(Actor actor, UUID id) {
        Optional<String> list = jdbc.sql("DELETE FROM saved_view WHERE id = ? AND user_id = ? RETURNING list")
                .params(id, actor.user().value())
                .query(String.class)
                .optional();
        return list.orElseThrow(() -> new NotFound("saved view " + id));
    }

    private static String withoutWords(String query) {
        List<String> parts = new ArrayList<>();
        for (String part : (query.startsWith("?") ? query.substring(1) : query).split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0 && equals < part.length() - 1 && !NEVER_KEPT.contains(part.substring(0, equals))) {
                parts.add(part);
            }
        }
        return String.join("&", parts);
    }
}
