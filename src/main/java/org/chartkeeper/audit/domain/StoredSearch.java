package org.chartkeeper.audit.domain;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEvent.Outcome;
import org.chartkeeper.audit.AuditSearch;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Searches by whatever is given; each combination is served by one of the trail's indexes, newest first. */
@Service
class StoredSearch implements AuditSearch {

    private static final int MOST = 200;

    private final JdbcClient database;
    private final AuditTrail trail;

    StoredSearch(JdbcClient database, AuditTrail trail) {
        this.database = database;
        this.trail = trail;
    }

    @Override
    @Transactional
    @Requires(Permission.AUDIT_READ)
    public Slice<Recorded> find(Criteria criteria, @Nullable String after, int limit) {
        int wanted = Math.clamp(limit, 1, MOST);
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        if (criteria.patient() != null) {
            if (criteria.merged().isEmpty()) {
                conditions.add("patient_id = :patient");
                values.put("patient", criteria.patient().value());
            } else {
                conditions.add("patient_id = any (:patients)");
                List<UUID> all = new ArrayList<>();
                all.add(criteria.patient().value());
                criteria.merged().forEach(merged -> all.add(merged.value()));
                values.put("patients", all.toArray(UUID[]::new));
            }
        }
        if (criteria.actor() != null) {
            conditions.add("actor_id = :actor");
            values.put("actor", criteria.actor().value());
        }
        if (criteria.from() != null) {
            conditions.add("occurred_at >= :from");
            values.put("from", at(criteria.from()));
        }
        if (criteria.to() != null) {
            conditions.add("occurred_at < :to");
            values.put("to", at(criteria.to()));
        }
        if (criteria.action() != null) {
            conditions.add("(action = :action or starts_with(action, :action || '.'))");
            values.put("action", criteria.action());
        }
        if (criteria.outcome() != null) {
            conditions.add("outcome = :outcome");
            values.put("outcome", criteria.outcome().name().toLowerCase(Locale.ROOT));
        }
        Key.read(after).ifPresent(key -> {
            conditions.add("(occurred_at, id) < (:keyTime, :keyId)");
            values.put("keyTime", at(key.time));
            values.put("keyId", key.id);
        });
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        List<Recorded> found = database.sql("select " + EventRows.COLUMNS + " from audit_event" + where
                        + " order by occurred_at desc, id desc limit " + (wanted + 1))
                .params(values)
                .query((row, number) -> recorded(EventRows.form(row)))
                .list();
        boolean more = found.size() > wanted;
        List<Recorded> shown = more ? found.subList(0, wanted) : found;
        trail.record(AuditEvent.done("audit.search").of(criteria.patient()).count(shown.size()));
        return new Slice<>(
                List.copyOf(shown),
                more ? new Key(shown.getLast().occurredAt(), shown.getLast().id()).text() : null);
    }

    @Override
    @Transactional(readOnly = true)
    @Requires(Permission.AUDIT_READ)
    public List<Recorded> latest(String action, Instant since, int limit) {
        return database.sql("select " + EventRows.COLUMNS + " from audit_event"
                        + " where action = :action and occurred_at >= :since"
                        + " order by occurred_at desc, id desc limit :limit")
                .param("action", action)
                .param("since", at(since))
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, number) -> recorded(EventRows.form(row)))
                .list();
    }

    private static Recorded recorded(EventForm form) {
        return new Recorded(
                form.id(),
                form.occurredAt(),
                Optional.ofNullable(form.facility()).map(FacilityId::new).orElse(null),
                Optional.ofNullable(form.actor()).map(UserId::new).orElse(null),
                form.role(),
                form.address(),
                form.node(),
                Optional.ofNullable(form.patient()).map(PatientId::new).orElse(null),
                form.subjectType(),
                form.subjectId(),
                form.subjectVersion(),
                form.action(),
                Outcome.valueOf(form.outcome().toUpperCase(Locale.ROOT)),
                form.reason(),
                form.count(),
                form.details());
    }

    private static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private record Key(Instant time, UUID id) {

        String text() {
            return time + "_" + id;
        }

        static Optional<Key> read(@Nullable String text) {
            if (text == null) {
                return Optional.empty();
            }
            int cut = text.indexOf('_');
            try {
                return Optional.of(
                        new Key(Instant.parse(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1))));
            } catch (RuntimeException damaged) {
                return Optional.empty();
            }
        }
    }
}
