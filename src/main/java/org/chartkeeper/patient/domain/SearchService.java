package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.PatientSearch;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class SearchService implements PatientSearch {

    private final Finder finder;
    private final PatientRows rows;
    private final Summaries summaries;
    private final AuditTrail audit;
    private final JdbcClient database;
    private final Clock clock;

    SearchService(
            Finder finder, PatientRows rows, Summaries summaries, AuditTrail audit, JdbcClient database, Clock clock) {
        this.finder = finder;
        this.rows = rows;
        this.summaries = summaries;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.PATIENT_SEARCH)
    @Transactional
    public Result search(Actor actor, String words, int limit) {
        Finder.Answer answer = finder.find(words, limit + 1);
        List<Finder.Found> page = answer.found().stream().limit(limit).toList();
        Map<PatientId, State> states =
                states(page.stream().map(Finder.Found::patient).toList());
        List<Hit> hits = page.stream()
                .flatMap(found ->
                        Optional.ofNullable(states.get(found.patient()))
                                .map(state -> hit(state, found.sameName()))
                                .stream())
                .toList();
        audit.record(AuditEvent.done("patient.search")
                .count(hits.size())
                .details(hits.stream().map(hit -> hit.patient().id().toString()).collect(Collectors.joining(" "))));
        return new Result(hits, answer.found().size() > limit, answer.partly());
    }

    private Map<PatientId, State> states(Collection<PatientId> patients) {
        return rows.find(patients).stream().collect(Collectors.toMap(State::id, state -> state));
    }

    private Hit hit(State state, boolean sameName) {
        PatientSummary summary = summaries.of(state.id(), state.data(), state.probableChart(), List.of());
        return new Hit(summary, formerly(state.data()), sameName);
    }

    /** Former names as a note, unless the patient has asked not to show them. */
    static @Nullable String formerly(Demographics data) {
        String names = data.names().stream()
                .filter(name -> !name.suppressed()
                        && (name.kind() == NameKind.FORMER
                                || name.kind() == NameKind.BIRTH
                                || name.kind() == NameKind.ALIAS && !data.identityUnknown()))
                .filter(name ->
                        data.nameInUse().map(current -> !current.equals(name)).orElse(true))
                .map(name -> name.given().isEmpty() ? name.family() : name.family() + ", " + name.given())
                .distinct()
                .collect(Collectors.joining("; "));
        return names.isEmpty() ? null : names;
    }

    @Override
    @Requires(Permission.PATIENT_SEARCH)
    @Transactional
    public List<PatientSummary> recent(Actor actor, int limit) {
        List<PatientId> ids = database.sql("""
                        select patient_id from patient_recent
                         where user_id = ? and may_see(patient_id) order by seen_at desc limit ?
                        """)
                .params(actor.user().value(), limit)
                .query((row, number) -> Sql.patient(row, "patient_id"))
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<PatientId, State> states = states(ids);
        audit.record(AuditEvent.done("patient.recent")
                .count(ids.size())
                .details(ids.stream().map(PatientId::toString).collect(Collectors.joining(" "))));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(states.get(id)).stream())
                .map(state -> summaries.of(state.id(), state.data(), state.probableChart(), List.of()))
                .toList();
    }

    @Override
    @Transactional
    public void opened(Actor actor, PatientId patient) {
        database.sql("""
                        insert into patient_recent (user_id, patient_id, seen_at)
                        select ?, id, ? from patient where id = ?
                        on conflict (user_id, patient_id) do update set seen_at = excluded.seen_at
                        """)
                .params(actor.user().value(), clock.instant().atOffset(ZoneOffset.UTC), patient.value())
                .update();
    }
}
