package org.chartkeeper.access.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.ChainCheck;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps every version of a setting, records who made it, in the transaction of the change, and proves them all. */
@Component
class SettingVersions implements ChainCheck {

    private static final int MOST_FINDINGS = 1_000;
    private static final int FETCH = 1_000;

    private final JdbcClient database;
    private final JdbcTemplate streaming;
    private final AuditTrail trail;
    private final CurrentActor actors;
    private final Clock clock;

    SettingVersions(JdbcClient database, DataSource source, AuditTrail trail, CurrentActor actors, Clock clock) {
        this.database = database;
        this.streaming = new JdbcTemplate(source);
        this.streaming.setFetchSize(FETCH);
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
        Version version = new Version(
                type,
                id.toString(),
                number,
                number == 1 ? "original" : "update",
                text,
                who,
                now,
                previous.map(Previous::hash).orElse(null));
        database.sql("""
                        insert into setting_version (subject_type, subject_id, number, kind, content, entered_by,
                            entered_at, predecessor, audit_event, hash)
                        values (:type, :id, :number, :kind, :content::json, :by, :at, :predecessor, :event, :hash)
                        """)
                .param("type", type)
                .param("id", id.toString())
                .param("number", number)
                .param("kind", version.kind)
                .param("content", text)
                .param("by", who.value())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("predecessor", version.predecessor, java.sql.Types.VARCHAR)
                .param("event", event.value())
                .param("hash", version.computed())
                .update();
    }

    private record Previous(int number, String hash) {}

    private record Version(
            String type,
            String id,
            int number,
            String kind,
            String content,
            UserId enteredBy,
            Instant enteredAt,
            @Nullable String predecessor) {

        /** SHA-256 over the canonical JSON of all of it, the content by its own hash. */
        String computed() {
            TreeMap<String, Object> form = new TreeMap<>();
            form.put("content", CanonicalJson.sha256(content));
            form.put("enteredAt", enteredAt.toString());
            form.put("enteredBy", enteredBy.toString());
            form.put("kind", kind);
            form.put("number", number);
            if (predecessor != null) {
                form.put("predecessor", predecessor);
            }
            form.put("subjectId", id);
            form.put("subjectType", type);
            return CanonicalJson.sha256(CanonicalJson.of(form));
        }
    }

    @Override
    public String subject() {
        return "setting";
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Result check() {
        Run run = new Run();
        streaming.execute("set local statement_timeout = 0");
        streaming.query("""
                select v.subject_type, v.subject_id, v.number, v.kind, v.content::text as content, v.entered_by,
                       v.entered_at, v.reason, v.predecessor, v.hash,
                       exists (select 1 from audit_event e where e.id = v.audit_event) as recorded
                  from setting_version v order by v.subject_type, v.subject_id, v.number
                """, row -> {
            run.version(row);
        });
        return new Result(run.versions, List.copyOf(run.findings));
    }

    private static final class Run {
        private final List<Finding> findings = new ArrayList<>();
        private long versions;
        private String subject = "";
        private int number;
        private @Nullable String hash;

        void version(ResultSet row) throws SQLException {
            versions++;
            Version version = new Version(
                    row.getString("subject_type"),
                    row.getString("subject_id"),
                    row.getInt("number"),
                    row.getString("kind"),
                    row.getString("content"),
                    new UserId(row.getObject("entered_by", UUID.class)),
                    row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                    row.getString("predecessor"));
            String named = version.type + " " + version.id;
            if (!named.equals(subject)) {
                subject = named;
                number = 0;
                hash = null;
            }
            if (version.number != number + 1) {
                find(version.number, "version " + (number + 1) + " is missing before it");
            } else if (!Objects.equals(version.predecessor, hash)) {
                find(version.number, "it does not name the hash of the version before it");
            }
            number = version.number;
            hash = row.getString("hash");
            // No reason is ever written with a setting.
            if (!version.computed().equals(hash) || row.getString("reason") != null) {
                find(number, "the version is not what its hash says");
            }
            if (!row.getBoolean("recorded")) {
                find(number, "the audit trail has no event that made it");
            }
        }

        private void find(int version, String what) {
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(subject, version, what));
            }
        }
    }
}
