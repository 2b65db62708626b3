package org.chartkeeper.audit.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.audit.AuditSeals;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals by ranges of transactions: every transaction below the horizon of the present snapshot is over, so that what
 * commits late with an early time or id still falls into a later seal and none is missed.
 */
@Service
class StoredSeals implements AuditSeals {

    private static final long LOCK = 0x617564697473L;
    private static final int MOST_FINDINGS = 1_000;
    private static final int FETCH = 2_000;
    private static final String SEALS =
            "select number, sealed_at, cluster, from_transaction, to_transaction, count, root, previous, hash from audit_seal ";

    private final JdbcClient database;
    private final JdbcTemplate streaming;
    private final Clock clock;
    private final Cluster cluster;

    StoredSeals(JdbcClient database, JdbcTemplate template, Clock clock, Cluster cluster) {
        this.database = database;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(template.getDataSource()));
        this.streaming.setFetchSize(FETCH);
        this.clock = clock;
        this.cluster = cluster;
    }

    @Override
    @Transactional
    public int seal() {
        database.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, at) -> true)
                .single();
        long here = cluster.id();
        Seal last = database.sql(SEALS + "order by number desc limit 1")
                .query((row, at) -> sealOf(row))
                .optional()
                .orElse(null);
        long from = database.sql("select coalesce(max(to_transaction), 0) from audit_seal where cluster = :cluster")
                .param("cluster", here)
                .query(Long.class)
                .single();
        long to = database.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
        MerkleTree tree = new MerkleTree();
        streaming.query(
                "select hash from audit_event where cluster = ? and transaction_id >= ? and transaction_id < ?"
                        + " order by transaction_id, occurred_at, id",
                row -> {
                    tree.add(row.getBytes("hash"));
                },
                here,
                from,
                to);
        if (tree.size() == 0) {
            return 0;
        }
        store(Seal.after(last, clock.instant().truncatedTo(ChronoUnit.MICROS), here, from, to, tree));
        return tree.size();
    }

    private void store(Seal seal) {
        database.sql("""
                        insert into audit_seal (number, sealed_at, cluster, from_transaction, to_transaction, count,
                            root, previous, hash)
                        values (:number, :at, :cluster, :from, :to, :count, :root, :previous, :hash)
                        """)
                .param("number", seal.number())
                .param("at", OffsetDateTime.ofInstant(seal.sealedAt(), ZoneOffset.UTC))
                .param("cluster", seal.cluster())
                .param("from", seal.from())
                .param("to", seal.to())
                .param("count", seal.count())
                .param("root", seal.root())
                .param("previous", seal.previous(), java.sql.Types.BINARY)
                .param("hash", seal.hash())
                .update();
    }

    @Override
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify() {
        streaming.execute("set local statement_timeout = 0");
        Findings findings = new Findings();
        List<Seal> seals = chain(findings);
        Reading reading = new Reading(new ArrayDeque<>(seals), findings);
        streaming.query(
                "select " + EventRows.COLUMNS + " from audit_event order by cluster, transaction_id, occurred_at, id",
                row -> {
                    reading.event(row);
                });
        reading.end();
        return new Verification(reading.events, seals.size(), reading.unsealed, List.copyOf(findings.all));
    }

    /** The seals in the order in which events are read, after their chain was checked in the order of their numbers. */
    private List<Seal> chain(Findings findings) {
        List<Seal> seals = new ArrayList<>();
        streaming.query(SEALS + "order by number", row -> {
            Seal seal = sealOf(row);
            Seal before = seals.isEmpty() ? null : seals.getLast();
            if (seal.number() != (before == null ? 1 : before.number() + 1)) {
                findings.seal(seal.number(), "one or more seals before it are missing");
            } else if (!Arrays.equals(seal.previous(), before == null ? null : before.hash())) {
                findings.seal(seal.number(), "does not follow from the seal before it");
            }
            if (!Arrays.equals(seal.hash(), seal.computed())) {
                findings.seal(seal.number(), "its content does not match its hash");
            }
            seals.add(seal);
        });
        return seals.stream()
                .sorted(java.util.Comparator.comparingLong(Seal::cluster).thenComparingLong(Seal::from))
                .toList();
    }

    private static Seal sealOf(ResultSet row) throws SQLException {
        return new Seal(
                row.getLong("number"),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                row.getLong("cluster"),
                row.getLong("from_transaction"),
                row.getLong("to_transaction"),
                row.getInt("count"),
                row.getBytes("root"),
                row.getBytes("previous"),
                row.getBytes("hash"));
    }

    /** Reads events in order and closes each seal when the first event behind it comes. */
    private static final class Reading {

        private final Deque<Seal> ahead;
        private final Findings findings;
        private @Nullable Seal open;
        private MerkleTree tree = new MerkleTree();
        private long events;
        private long unsealed;

        Reading(Deque<Seal> ahead, Findings findings) {
            this.ahead = ahead;
            this.findings = findings;
        }

        void event(ResultSet row) throws SQLException {
            EventForm form = EventRows.form(row);
            long transaction = row.getLong("transaction_id");
            byte[] hash = form.hash(transaction);
            events++;
            if (!Arrays.equals(hash, row.getBytes("hash"))) {
                findings.event(form.id(), "its content does not match its hash");
            }
            moveTo(form.cluster(), transaction);
            if (open != null && open.covers(form.cluster(), transaction)) {
                tree.add(hash);
            } else {
                unsealed++;
            }
        }

        private void moveTo(long cluster, long transaction) {
            while (true) {
                if (open != null) {
                    if (open.covers(cluster, transaction) || before(open, cluster, transaction)) {
                        return;
                    }
                    close(open);
                }
                open = ahead.poll();
                tree = new MerkleTree();
                if (open == null) {
                    return;
                }
            }
        }

        /** Whether the event stands before the seal, and so was in none. */
        private static boolean before(Seal seal, long cluster, long transaction) {
            return cluster < seal.cluster() || cluster == seal.cluster() && transaction < seal.from();
        }

        private void close(Seal seal) {
            if (tree.size() != seal.count()) {
                findings.seal(seal.number(), "sealed " + seal.count() + " events and " + tree.size() + " are there");
            } else if (!Arrays.equals(tree.root(), seal.root())) {
                findings.seal(seal.number(), "its events are not those that were sealed");
            }
        }

        void end() {
            if (open != null) {
                close(open);
            }
            tree = new MerkleTree();
            ahead.forEach(this::close);
        }
    }

    private static final class Findings {

        private final List<Finding> all = new ArrayList<>();

        void event(UUID id, String what) {
            add(new Finding("event", id.toString(), what));
        }

        void seal(long number, String what) {
            add(new Finding("seal", Long.toString(number), what));
        }

        private void add(Finding finding) {
            if (all.size() < MOST_FINDINGS) {
                all.add(finding);
            }
        }
    }
}
