package org.chartkeeper.audit.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditEventId;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes events with one statement each. */
@Service
class StoredTrail implements AuditTrail {

    private static final int LONGEST_TEXT = 4_000;

    private final JdbcClient database;
    private final ObjectProvider<CurrentActor> actors;
    private final Clock clock;
    private final TransactionTemplate alone;
    private final Cluster cluster;
    private final String node;
    private final String application;

    StoredTrail(
            JdbcClient database,
            ObjectProvider<CurrentActor> actors,
            Clock clock,
            PlatformTransactionManager transactions,
            Cluster cluster,
            ObjectProvider<BuildProperties> build) {
        this.database = database;
        this.actors = actors;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        this.cluster = cluster;
        this.node = host();
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        this.application = version == null ? "development" : version;
    }

    @Override
    public AuditEventId record(AuditEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(event.action() + " is recorded outside a transaction");
        }
        return write(event);
    }

    @Override
    public AuditEventId recordAlone(AuditEvent event) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(event.action() + " is to be recorded alone, but inside a transaction");
        }
        AuditEventId id = alone.execute(status -> write(event));
        return java.util.Objects.requireNonNull(id);
    }

    private AuditEventId write(AuditEvent event) {
        CurrentActor current = actors.getIfAvailable();
        Optional<Actor> actor = current == null ? Optional.empty() : current.find();
        RequestTrace trace = RequestTrace.current();
        UUID by = Optional.ofNullable(event.actor())
                .or(() -> actor.map(Actor::user))
                .map(UserId::value)
                .orElse(null);
        boolean own = actor.map(person -> person.user().value().equals(by)).orElse(false);
        EventForm form = new EventForm(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Uuid7.next(),
                Optional.ofNullable(event.facility())
                        .or(() -> actor.flatMap(person -> Optional.ofNullable(person.facility())))
                        .map(FacilityId::value)
                        .orElse(null),
                by,
                own ? actor.map(StoredTrail::roles).orElse(null) : null,
                trace.session(),
                trace.address(),
                node,
                Optional.ofNullable(event.patient()).map(PatientId::value).orElse(null),
                clean(event.subjectType()),
                clean(event.subjectId()),
                event.subjectVersion(),
                event.action(),
                event.outcome().name().toLowerCase(Locale.ROOT),
                clean(event.reason()),
                event.count(),
                clean(event.details()),
                cluster.id(),
                application);
        insert(form);
        return new AuditEventId(form.id());
    }

    private void insert(EventForm form) {
        database.sql("""
                        with running as (select pg_current_xact_id()::text as id)
                        insert into audit_event (occurred_at, id, facility_id, actor_id, role, session_hash, address,
                            node, patient_id, subject_type, subject_id, subject_version, action, outcome, reason,
                            count, details, cluster, transaction_id, application_version, hash)
                        select :occurredAt, :id, :facility, :actor, :role, :session, :address, :node, :patient,
                            :subjectType, :subjectId, :subjectVersion, :action, :outcome, :reason, :count, :details,
                            :cluster, running.id::bigint, :application,
                            sha256(convert_to(:beginning || running.id || '"}', 'UTF8'))
                        from running
                        """)
                .param("occurredAt", OffsetDateTime.ofInstant(form.occurredAt(), ZoneOffset.UTC))
                .param("id", form.id())
                .param("facility", form.facility(), java.sql.Types.OTHER)
                .param("actor", form.actor(), java.sql.Types.OTHER)
                .param("role", form.role(), java.sql.Types.VARCHAR)
                .param("session", form.session(), java.sql.Types.VARCHAR)
                .param("address", form.address(), java.sql.Types.VARCHAR)
                .param("node", form.node())
                .param("patient", form.patient(), java.sql.Types.OTHER)
                .param("subjectType", form.subjectType(), java.sql.Types.VARCHAR)
                .param("subjectId", form.subjectId(), java.sql.Types.VARCHAR)
                .param("subjectVersion", form.subjectVersion(), java.sql.Types.INTEGER)
                .param("action", form.action())
                .param("outcome", form.outcome())
                .param("reason", form.reason(), java.sql.Types.VARCHAR)
                .param("count", form.count(), java.sql.Types.INTEGER)
                .param("details", form.details(), java.sql.Types.VARCHAR)
                .param("cluster", form.cluster())
                .param("application", form.application())
                .param("beginning", form.beginning())
                .update();
    }

    private static String roles(Actor actor) {
        return actor.isSystem() ? "system" : String.join(",", new java.util.TreeSet<>(actor.roles()));
    }

    /** One line, without control characters that could forge a second one where the trail is printed. */
    private static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unnamed";
        }
    }
}
