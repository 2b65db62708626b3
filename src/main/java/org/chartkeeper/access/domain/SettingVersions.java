package org.chartkeeper.access.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps every version of a setting and records who made it, in the transaction of the change. */
@Component
class SettingVersions {

    private final JdbcClient database;
    private final AuditTrail trail;
    private final CurrentActor actors;
    private final Clock clock;

    SettingVersions(JdbcClient database, AuditTrail trail, CurrentActor actors, Clock clock) {
        this.database = database;
        this.trail = trail;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * Adds a version. Who did it is the actor, or the system where nobody is signed in, as at the first set-up.
     *
     * @param action as the audit trail names it
     * @param content the whole state after the change; no secrets
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void add(String action, String type, Object id, Map<String, ?> content) {
        add(action, type, id, content, null);
    }

    /** @param by who did it, null for the actor */
    @Transactional(propagation = Propagation.MANDATORY)
    void add(String action, String type, Object id, Map<String, ?> content, @Nullable UserId by) {
        Optional<Previous> previous = database.sql("""
                        select number, hash from setting_version
                        where subject_type = :type and subject_id = :id order by number desc limit 1
                        """)
                .param("type", type)
                .param("id", id.toString())
                .query((row, at) -> new Previous(row.getInt("number"), row.getString("hash")))
                .optional();
        int number = previous.map(Previous::number).orElse(0) + 1;
        UserId who = by != null ? by : actors.find().map(Actor::user).orElse(Actor.SYSTEM_USER);
        AuditEventId event =
                trail.record(AuditEvent.done(action).by(who).on(type, id).version(number));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String text = CanonicalJson.of(content);
        TreeMap<String, Object> form = new TreeMap<>();
        form.put("content", CanonicalJson.sha256(text));
        form.put("enteredAt", now.toString());
        form.put("enteredBy", who.toString());
        form.put("kind", number == 1 ? "original" : "update");
        form.put("number", number);
        previous.ifPresent(before -> form.put("predecessor", before.hash));
        form.put("subjectId", id.toString());
        form.put("subjectType", type);
        database.sql("""
                        insert into setting_version (subject_type, subject_id, number, kind, content, entered_by,
                            entered_at, predecessor, audit_event, hash)
                        values (:type, :id, :number, :kind, :content::json, :by, :at, :predecessor, :event, :hash)
                        """)
                .param("type", type)
                .param("id", id.toString())
                .param("number", number)
                .param("kind", number == 1 ? "original" : "update")
                .param("content", text)
                .param("by", who.value())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("predecessor", previous.map(Previous::hash).orElse(null), java.sql.Types.VARCHAR)
                .param("event", event.value())
                .param("hash", CanonicalJson.sha256(CanonicalJson.of(form)))
                .update();
    }

    private record Previous(int number, String hash) {}
}
