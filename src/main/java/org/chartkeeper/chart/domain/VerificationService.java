package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.chartkeeper.audit.AuditPresence;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.patient.PatientMerges;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the whole record once, in the order of its chains and in bounded memory, from one snapshot: what is written
 * meanwhile is seen wholly or not at all.
 */
@Service
class VerificationService implements ChartVerification {

    private static final int FETCH = 1000;
    private static final int MOST_FINDINGS = 10_000;
    private static final int PROGRESS_EVERY = 10_000;
    private static final int EVENTS_AT_ONCE = 100_000;

    private final JdbcTemplate jdbc;
    private final AuditPresence audit;
    private final PatientMerges merges;
    private final TransactionTemplate transactions;

    VerificationService(
            DataSource source, AuditPresence audit, PatientMerges merges, PlatformTransactionManager transactions) {
        this.merges = merges;
        this.audit = audit;
        this.jdbc = new JdbcTemplate(source);
        this.jdbc.setFetchSize(FETCH);
        this.transactions = new TransactionTemplate(transactions);
        this.transactions.setReadOnly(true);
        this.transactions.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    public Report verify(LongConsumer progress) {
        return transactions.execute(status -> {
            jdbc.execute("SET LOCAL statement_timeout = 0");
            Run run = new Run(progress);
            run.versions();
            run.headersAlone();
            run.typedRows();
            run.signatures();
            run.events();
            return run.report();
        });
    }

    /** One reading of everything. */
    private final class Run {
        private final LongConsumer progress;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<PatientId, PatientId> merged = merges.all();
        private long entries;
        private long versions;
        private long signatures;
        private long unresolved;

        private @Nullable Header header;
        private int lastNumber;
        private byte @Nullable [] lastHash;

        Run(LongConsumer progress) {
            this.progress = progress;
        }

        /** Versions in the order of their chains: hash, predecessor, numbers without gap, and the header at their end. */
        void versions() {
            jdbc.query("""
                    SELECT v.*, e.id AS header_id, e.patient_id AS header_patient, e.type AS header_type,
                           e.encounter_id AS header_encounter,
                           e.current_version, e.in_force_version, e.signed_version, e.authenticated,
                           e.status AS header_status, e.active, e.title, e.code, e.pending_kind, s.signed
                    FROM entry_version v
                    LEFT JOIN entry e ON e.id = v.entry_id
                    LEFT JOIN LATERAL (SELECT true AS signed FROM signature si
                        WHERE si.entry_id = e.id AND si.number = e.signed_version AND v.number = e.signed_version
                        LIMIT 1) s ON true
                    ORDER BY v.entry_id, v.number
                    """, row -> {
                version(row);
                if (++versions % PROGRESS_EVERY == 0) {
                    progress.accept(versions);
                }
            });
            endOfEntry();
            progress.accept(versions);
        }

        private void version(ResultSet row) throws SQLException {
            VersionRow version = ChartStore.version(row);
            Header last = header;
            if (last == null || !last.entry.equals(version.entry())) {
                endOfEntry();
                last = Header.of(version.entry(), row);
                header = last;
                entries++;
                lastNumber = 0;
                lastHash = null;
                if (!last.present) {
                    find(version.entry(), 0, "current-row", "there are versions, and no entry");
                }
            }
            int number = version.number();
            if (number != lastNumber + 1) {
                find(version.entry(), number, "chain", "version " + (lastNumber + 1) + " is missing before it");
            } else if (!Arrays.equals(lastHash, version.predecessor())) {
                find(version.entry(), number, "chain", "it does not name the hash of the version before it");
            }
            byte[] storedContent = row.getBytes("content_sha256");
            byte[] storedHash = row.getBytes("hash");
            if (!Arrays.equals(version.contentHash(), storedContent)) {
                find(version.entry(), number, "content", "the content is not what its hash says");
            }
            if (!Arrays.equals(version.hash(storedContent), storedHash)) {
                find(version.entry(), number, "hash", "the version is not what its hash says");
            }
            if (last.present && (!last.type.equals(version.type()) || !last.patient.equals(whose(version.patient())))) {
                find(version.entry(), number, "current-row", "type or patient of the entry are others");
            }
            last.take(version, row);
            lastNumber = number;
            lastHash = storedHash;
        }

        /** Versions keep the patient that they were written for; the entry stands in the chart of the survivor. */
        private UUID whose(UUID patient) {
            PatientId survivor = merged.get(new PatientId(patient));
            return survivor == null ? patient : survivor.value();
        }

        private void endOfEntry() {
            Header last = header;
            if (last == null || !last.present) {
                return;
            }
            if (last.currentVersion != lastNumber) {
                find(
                        last.entry,
                        0,
                        "current-row",
                        "the entry stands at version " + last.currentVersion + ", the newest is " + lastNumber);
            }
            String wrong = last.wrong();
            if (wrong != null) {
                find(last.entry, last.inForceVersion, "current-row", wrong);
            }
            if (last.signedVersion != 0 && !last.authenticated && !last.signed) {
                find(last.entry, last.signedVersion, "signature", "the entry says signed, and there is no signature");
            }
        }

        void headersAlone() {
            jdbc.query(
                    "SELECT e.id FROM entry e WHERE NOT EXISTS (SELECT 1 FROM entry_version v WHERE v.entry_id = e.id)",
                    row -> {
                        entries++;
                        find(Sql.uuid(row, "id"), 0, "current-row", "there is an entry, and no version");
                    });
        }

        /** The searched columns of every typed row against the version that is in force. */
        void typedRows() {
            Set<Table> done = EnumSet.allOf(EntryType.class).stream()
                    .map(TypedRows::table)
                    .collect(Collectors.toSet());
            done.forEach(this::typedRows);
            for (EntryType type : EntryType.values()) {
                jdbc.query(
                        "SELECT e.id FROM entry e WHERE e.type = ? AND NOT EXISTS (SELECT 1 FROM "
                                + TypedRows.table(type).name() + " t WHERE t.id = e.id)",
                        row -> {
                            find(Sql.uuid(row, "id"), 0, "current-row", "there is an entry, and no typed row");
                        },
                        type.key());
            }
        }

        private void typedRows(Table table) {
            List<Table.Column> columns = table.columns();
            String selected = columns.stream()
                    .map(column -> column.type().equals("timestamptz")
                            ? "to_char(t." + column.name() + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                            : "t." + column.name() + "::text")
                    .collect(Collectors.joining(", "));
            String sql = "SELECT " + selected + ", e.patient_id AS whose, e.status AS standing, e.event_at,"
                    + " e.in_force_version AS in_force, v.content::text AS in_force_content"
                    + " FROM " + table.name() + " t JOIN entry e ON e.id = t.id JOIN entry_version v"
                    + " ON v.entry_id = e.id AND v.number ="
                    + " CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END";
            jdbc.query(sql, row -> {
                typedRow(columns, row);
            });
        }

        private void typedRow(List<Table.Column> columns, ResultSet row) throws SQLException {
            UUID id = UUID.fromString(row.getString(1));
            int inForce = row.getInt("in_force");
            Content content;
            try {
                content = ContentJson.read(row.getString("in_force_content"));
            } catch (RuntimeException e) {
                find(id, inForce, "content", "the content cannot be read");
                return;
            }
            unresolved += References.unresolved(content);
            TypedRows.Force force = inForce == 0
                    ? TypedRows.Force.PROPOSED
                    : row.getString("standing").equals(EntryEntity.IN_ERROR)
                            ? TypedRows.Force.RETRACTED
                            : TypedRows.Force.IN_FORCE;
            @Nullable
            String[] expected =
                    TypedRows.row(id, Sql.uuid(row, "whose"), content, Sql.instant(row, "event_at"), false, force);
            for (int i = 0; i < expected.length; i++) {
                Table.Column column = columns.get(i);
                // The guard against doubles says how a row came here, not what it says.
                if (!column.name().equals("guard_key") && !same(column, expected[i], row.getString(i + 1))) {
                    find(
                            id,
                            inForce,
                            "current-row",
                            "column " + column.name() + " is not what the version in force says");
                }
            }
        }

        private static boolean same(Table.Column column, @Nullable String expected, @Nullable String found) {
            if (expected != null && found != null && column.type().equals("timestamptz")) {
                return Instant.parse(expected).equals(Instant.parse(found));
            }
            return Objects.equals(expected, found);
        }

        void signatures() {
            jdbc.query("""
                    SELECT s.entry_id, s.number, s.hash, v.hash AS version_hash
                    FROM signature s LEFT JOIN entry_version v ON v.entry_id = s.entry_id AND v.number = s.number
                    """, row -> {
                signatures++;
                if (!Arrays.equals(row.getBytes("hash"), row.getBytes("version_hash"))) {
                    find(
                            Sql.uuid(row, "entry_id"),
                            row.getInt("number"),
                            "signature",
                            "what was signed is not what the version's hash says");
                }
            });
        }

        /** No version without the event that made it. */
        void events() {
            List<UUID> named = new ArrayList<>();
            jdbc.query("SELECT DISTINCT audit_event FROM entry_version", row -> {
                named.add(Sql.uuid(row, "audit_event"));
                if (named.size() == EVENTS_AT_ONCE) {
                    missing(named);
                }
            });
            missing(named);
        }

        private void missing(List<UUID> named) {
            Set<UUID> missing = audit.missing(named);
            named.clear();
            if (missing.isEmpty()) {
                return;
            }
            jdbc.query(
                    """
                    SELECT v.entry_id, v.number FROM entry_version v
                    WHERE v.audit_event = ANY (?::uuid[])
                    ORDER BY 1, 2
                    """,
                    row -> {
                        find(
                                Sql.uuid(row, "entry_id"),
                                row.getInt("number"),
                                "audit",
                                "the audit trail has no event that made it");
                    },
                    (Object) Sql.uuids(missing));
        }

        private void find(UUID entry, int version, String kind, String detail) {
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(entry.toString(), version, kind, detail));
            }
        }

        Report report() {
            return new Report(entries, versions, signatures, unresolved, List.copyOf(findings));
        }
    }

    /** What the current row of an entry says, to be compared with its versions. */
    private static final class Header {
        final UUID entry;
        final boolean present;
        final String type;
        final UUID patient;
        final int currentVersion;
        final int inForceVersion;
        final int signedVersion;
        final boolean authenticated;
        final @Nullable UUID encounter;
        final String status;
        final boolean active;
        final String title;
        final @Nullable String code;
        boolean signed;
        private @Nullable VersionRow inForce;
        private @Nullable VersionRow newest;

        private Header(UUID entry, ResultSet row) throws SQLException {
            this.entry = entry;
            this.present = row.getString("header_id") != null;
            this.type = present ? row.getString("header_type") : "";
            this.patient = present ? Sql.uuid(row, "header_patient") : entry;
            this.currentVersion = row.getInt("current_version");
            this.inForceVersion = row.getInt("in_force_version");
            this.signedVersion = row.getInt("signed_version");
            this.authenticated = row.getBoolean("authenticated");
            this.encounter = Sql.uuidOrNull(row, "header_encounter");
            this.status = present ? row.getString("header_status") : "";
            this.active = row.getBoolean("active");
            this.title = present ? row.getString("title") : "";
            this.code = row.getString("code");
        }

        static Header of(UUID entry, ResultSet row) throws SQLException {
            return new Header(entry, row);
        }

        void take(VersionRow version, ResultSet row) throws SQLException {
            if (version.number() == inForceVersion) {
                inForce = version;
            }
            newest = version;
            signed |= row.getBoolean("signed");
        }

        /** What the header says otherwise than the version in force; null where nothing. */
        @Nullable
        String wrong() {
            VersionRow last = newest;
            if (last != null && last.facility() != null && !Objects.equals(last.encounter(), encounter)) {
                return "it stands under another visit than its newest version says";
            }
            VersionRow version = inForce;
            if (version == null) {
                return inForceVersion == 0 ? null : "the version in force is missing";
            }
            Content content;
            try {
                content = ContentJson.read(version.content());
            } catch (RuntimeException e) {
                return "the content in force cannot be read";
            }
            EntryEntity expected = new EntryEntity(entry, patient, patient, null, version);
            expected.newest(version);
            VersionKind kind = Words.kind(version.kind());
            expected.bringIntoForce(kind, content, version.event(), version.eventPrecision());
            if (!expected.status.equals(status)) {
                return "it reads " + status + ", its version in force says " + expected.status;
            }
            return expected.active == active && expected.title.equals(title) && Objects.equals(expected.code, code)
                    ? null
                    : "title, code or activity are not what the version in force says";
        }
    }
}
