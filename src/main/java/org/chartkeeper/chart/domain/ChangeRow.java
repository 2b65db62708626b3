package org.chartkeeper.chart.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.platform.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * A change of the record before names are known.
 *
 * @param what version, signature or a kind of disposition
 * @param kind kind of the version
 * @param before content of the version before, null for the first
 */
record ChangeRow(
        UUID entry,
        EntryType type,
        int number,
        String what,
        String kind,
        Content content,
        @Nullable Content before,
        String statedBy,
        @Nullable UUID statedByPractitioner,
        @Nullable String statedByName,
        UUID by,
        Instant at,
        String sourceKind,
        @Nullable String reason,
        int currentVersion,
        @Nullable Integer signedVersion,
        @Nullable String pendingKind,
        String signatureState) {

    private static final String COLUMNS = """
            v.entry_id, v.type, v.number, v.kind, v.content::text AS content, v.stated_by,
            v.stated_by_practitioner, v.stated_by_name, v.source_kind, e.current_version, e.signed_version,
            e.pending_kind, e.signature_state, before.content::text AS before_content
            """;

    /** What a statement over an entry {@code e} and its version {@code v} selects for one version's change. */
    static final String OF_VERSION =
            "'version' AS what, v.entered_by AS by_user, v.entered_at AS at, v.reason, " + COLUMNS;

    static final String BEFORE =
            " LEFT JOIN entry_version before ON before.entry_id = v.entry_id AND before.number = v.number - 1 ";

    /**
     * Versions, signatures and dispositions after a moment. The newest versions are among those of the entries that
     * changed last, so that a chart full of old ones is not read.
     */
    static final String SINCE = "SELECT * FROM (SELECT " + OF_VERSION + """
             FROM (SELECT e.* FROM entry e
                  WHERE e.patient_id = :patient AND e.entered_at > :since::timestamptz AND %s
                  ORDER BY e.entered_at DESC, e.id DESC LIMIT :limit) e
            JOIN entry_version v ON v.entry_id = e.id AND v.entered_at > :since::timestamptz
            """ + BEFORE + """
            UNION ALL
            SELECT CASE s.meaning WHEN 'refusal' THEN 'refused' ELSE 'signed' END, s.user_id, s.signed_at, NULL::text,
            """ + COLUMNS + """
            FROM signature s
            JOIN entry e ON e.id = s.entry_id
            JOIN entry_version v ON v.entry_id = s.entry_id AND v.number = s.number
            """ + BEFORE
            + """
            WHERE s.patient_id IN (SELECT patients_of(:patient)) AND e.patient_id = :patient AND s.signed_at > :since::timestamptz AND s.meaning <> 'refusal' AND %s
            UNION ALL
            SELECT d.kind, d.by_user, d.at, d.comment,
            """ + COLUMNS + """
            FROM version_disposition d
            JOIN entry e ON e.id = d.entry_id
            JOIN entry_version v ON v.entry_id = d.entry_id AND v.number = d.number
            """ + BEFORE + """
            WHERE d.patient_id IN (SELECT patients_of(:patient)) AND e.patient_id = :patient AND d.at > :since::timestamptz AND %s) changes
            ORDER BY at DESC, entry_id DESC, number DESC LIMIT :limit
            """;

    /**
     * All of them before a key, newest first. The newest version of each entry comes by the index of changed entries; older
     * ones only of entries that have any, which are few beside what was imported once.
     */
    static final String BEFORE_KEY = "SELECT * FROM (SELECT " + OF_VERSION
            + """
             FROM (SELECT e.* FROM entry e
                  WHERE e.patient_id = :patient AND e.entered_at <= :at::timestamptz
                    AND (e.entered_at, e.id) <= (:at::timestamptz, :id::uuid) AND %s
                  ORDER BY e.entered_at DESC, e.id DESC LIMIT :limit + 1) e
            JOIN entry_version v ON v.entry_id = e.id AND v.number = e.current_version
            """ + BEFORE
            + """
            UNION ALL
            SELECT
            """ + OF_VERSION + """
            FROM entry e
            JOIN entry_version v ON v.entry_id = e.id AND v.number < e.current_version
            """ + BEFORE + """
            WHERE e.patient_id = :patient AND e.current_version > 1 AND v.entered_at <= :at::timestamptz AND %s
            UNION ALL
            SELECT CASE s.meaning WHEN 'refusal' THEN 'refused' ELSE 'signed' END, s.user_id, s.signed_at, NULL::text,
            """ + COLUMNS + """
            FROM signature s
            JOIN entry e ON e.id = s.entry_id
            JOIN entry_version v ON v.entry_id = s.entry_id AND v.number = s.number
            """ + BEFORE
            + """
            WHERE s.patient_id IN (SELECT patients_of(:patient)) AND e.patient_id = :patient AND s.signed_at <= :at::timestamptz AND s.meaning <> 'refusal' AND %s
            UNION ALL
            SELECT d.kind, d.by_user, d.at, d.comment,
            """ + COLUMNS + """
            FROM version_disposition d
            JOIN entry e ON e.id = d.entry_id
            JOIN entry_version v ON v.entry_id = d.entry_id AND v.number = d.number
            """ + BEFORE + """
            WHERE d.patient_id IN (SELECT patients_of(:patient)) AND e.patient_id = :patient AND d.at <= :at::timestamptz AND %s) changes
            WHERE (at, entry_id, number, what) < (:at::timestamptz, :id::uuid, :number, :what::text)
            ORDER BY at DESC, entry_id DESC, number DESC, what DESC LIMIT :limit
            """;

    static ChangeRow of(ResultSet row) throws SQLException {
        String before = row.getString("before_content");
        int signed = row.getInt("signed_version");
        return new ChangeRow(
                Sql.uuid(row, "entry_id"),
                EntryType.ofKey(row.getString("type")),
                row.getInt("number"),
                row.getString("what"),
                row.getString("kind"),
                ContentJson.read(row.getString("content")),
                before == null ? null : ContentJson.read(before),
                row.getString("stated_by"),
                Sql.uuidOrNull(row, "stated_by_practitioner"),
                row.getString("stated_by_name"),
                Sql.uuid(row, "by_user"),
                Sql.instant(row, "at"),
                row.getString("source_kind"),
                row.getString("reason"),
                row.getInt("current_version"),
                signed == 0 ? null : (Integer) signed,
                row.getString("pending_kind"),
                row.getString("signature_state"));
    }

    /** An order and the one that it replaces are one change, was and now; where both stand in the list. */
    static List<ChangeRow> paired(List<ChangeRow> rows) {
        Map<UUID, ChangeRow> ended = new HashMap<>();
        for (ChangeRow row : rows) {
            if (row.what.equals("version")
                    && row.content instanceof Content.MedicationOrder order
                    && order.status().equals("replaced")) {
                ended.put(row.entry, row);
            }
        }
        Set<ChangeRow> told = new HashSet<>();
        List<ChangeRow> changes = new ArrayList<>();
        for (ChangeRow row : rows) {
            UUID replaced = row.what.equals("version") && row.number == 1 ? TypedRows.replaced(row.content) : null;
            ChangeRow former = replaced == null ? null : ended.get(replaced);
            if (former == null || former.before == null) {
                changes.add(row);
            } else {
                changes.add(row.after(former.before));
                told.add(former);
            }
        }
        changes.removeIf(told::contains);
        return changes;
    }

    private ChangeRow after(Content former) {
        return new ChangeRow(
                entry,
                type,
                number,
                what,
                kind,
                content,
                former,
                statedBy,
                statedByPractitioner,
                statedByName,
                by,
                at,
                sourceKind,
                reason,
                currentVersion,
                signedVersion,
                pendingKind,
                signatureState);
    }

    void want(Names.Wanted wanted) {
        wanted.practitioner(statedByPractitioner);
        wanted.user(by);
    }

    ChartReader.Change view(Names.Found names) {
        return new ChartReader.Change(
                new EntryId(entry),
                type,
                number,
                word(),
                content.title(),
                before == null ? List.of() : Fields.differences(before, content),
                names.stated(statedBy, statedByPractitioner, statedByName),
                names.user(by),
                at,
                sourceKind,
                signature(),
                reason);
    }

    private String word() {
        if (!what.equals("version")) {
            return what;
        }
        if (number == 1) {
            return before == null ? "added" : "replaced";
        }
        if (number == currentVersion && pendingKind != null) {
            boolean corrects = kind.equals("correction") && pendingKind.equals("change");
            return (corrects ? "correction" : pendingKind) + " pending";
        }
        return switch (kind) {
            case "update" ->
                content instanceof Content.MedicationOrder order
                                && order.status().equals("replaced")
                        ? "replaced"
                        : "updated";
            case "correction" -> "corrected";
            case "retraction" -> "entered in error";
            default -> "revised";
        };
    }

    private String signature() {
        if (number == currentVersion) {
            return signatureState;
        }
        return signedVersion != null && number <= signedVersion ? EntryEntity.SIGNED : EntryEntity.UNSIGNED;
    }
}
