package org.chartkeeper.terminology.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.terminology.CodeChoices;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeLookup.Match;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.CodeUse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A person's codes, in the database; their titles come from what is loaded. A favorite is a use of its code. */
@Service
@Order(9)
class StoredChoices implements CodeChoices, CodeUse {

    private final JdbcClient database;
    private final CodeLookup codes;
    private final Clock clock;

    StoredChoices(JdbcClient database, CodeLookup codes, Clock clock) {
        this.database = database;
        this.codes = codes;
        this.clock = clock;
    }

    private Optional<Match> match(CodeSystem system, String code) {
        return codes.matches(system, code, LocalDate.now(clock), 1).stream()
                .filter(found -> !found.code().code().isEmpty())
                .filter(found -> IcdCode.bare(found.code().code()).equals(IcdCode.bare(code)))
                .findFirst();
    }

    @Override
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE, Permission.CODING_WORK, Permission.CODING_REVIEW})
    @Transactional
    public void used(Actor actor, CodeSystem system, String code) {
        match(system, code).ifPresent(found -> {
            database.sql("insert into code_choice (user_id, system, code, used_at) values (:user, :system, :code, :now)"
                            + " on conflict (user_id, system, code) do update set used_at = excluded.used_at")
                    .param("user", actor.user().value())
                    .param("system", system.id())
                    .param("code", found.code().code())
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .update();
            database.sql("delete from code_choice where user_id = :user and not favorite and used_at < (select used_at"
                            + " from code_choice where user_id = :user and used_at is not null order by used_at desc"
                            + " offset :kept limit 1)")
                    .param("user", actor.user().value())
                    .param("kept", KEPT)
                    .update();
        });
    }

    /** Some more than are shown of all systems, for a field looks at one system alone. */
    private static final int KEPT = 5 * RECENT;

    @Override
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE, Permission.CODING_WORK})
    @Transactional
    public void favorite(Actor actor, CodeSystem system, String code, boolean favorite) {
        Match found = match(system, code).orElseThrow(() -> new NotFound("nothing loaded has this code"));
        database.sql(
                        "insert into code_choice (user_id, system, code, favorite) values (:user, :system, :code, :favorite)"
                                + " on conflict (user_id, system, code) do update set favorite = excluded.favorite")
                .param("user", actor.user().value())
                .param("system", system.id())
                .param("code", found.code().code())
                .param("favorite", favorite)
                .update();
    }

    @Override
    @Requires({Permission.CODE_SEARCH, Permission.VISIT_UPDATE, Permission.CODING_WORK})
    @Transactional(readOnly = true)
    public Own of(Actor actor, @Nullable CodeSystem system) {
        List<Match> favorites = new ArrayList<>();
        List<Match> recent = new ArrayList<>();
        database.sql("""
                        (select system, code, true as favorite, null::timestamptz as used_at from code_choice
                         where user_id = :user and favorite and (cast(:system as text) is null or system = :system))
                        union all
                        (select system, code, false, used_at from code_choice
                         where user_id = :user and not favorite and used_at is not null
                         and (cast(:system as text) is null or system = :system)
                         order by used_at desc limit :recent)
                        order by favorite desc, used_at desc, system, code
                        """)
                .param("user", actor.user().value())
                .param("system", system == null ? null : system.id())
                .param("recent", RECENT)
                .query(row -> {
                    boolean favorite = row.getBoolean("favorite");
                    String code = row.getString("code");
                    CodeSystem.ofKey(row.getString("system"))
                            .flatMap(known -> match(known, code))
                            .ifPresent((favorite ? favorites : recent)::add);
                });
        return new Own(List.copyOf(favorites), List.copyOf(recent));
    }

    @Override
    public String what() {
        return "Favorites";
    }

    @Override
    public Map<String, Integer> counts(Actor actor, CodeSystem system, Collection<String> ended) {
        Map<String, Integer> counts = new HashMap<>();
        database.sql(
                        "select code, least(count(*), :most) as number from code_choice where favorite and system = :system"
                                + " and code = any (:codes::text[]) group by code")
                .param("most", MOST)
                .param("system", system.id())
                .param("codes", ended.toArray(String[]::new))
                .query(row -> {
                    counts.put(row.getString("code"), row.getInt("number"));
                });
        return counts;
    }

    /** One's own: those of others are theirs to change. */
    @Override
    public List<Use> uses(Actor actor, CodeSystem system, Collection<String> ended, int limit) {
        return database.sql("select code from code_choice where favorite and system = :system and user_id = :user"
                        + " and code = any (:codes::text[]) order by code limit :limit")
                .param("system", system.id())
                .param("user", actor.user().value())
                .param("codes", ended.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> {
                    String code = row.getString("code");
                    return new Use(code, code + ", a favorite of yours", null, "/codes/" + system.key() + "/" + code);
                })
                .list();
    }
}
