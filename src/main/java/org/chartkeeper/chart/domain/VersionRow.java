package org.chartkeeper.chart.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is stored, without what follows from it. Its hash is SHA-256 over the canonical JSON of {entry,
 * patient, type, number, kind, event time, stated by, stated time, entered by, entry time, reason, source, SHA-256 of
 * content, hash of predecessor} and, where known, its facility and visit, so that what was signed cannot move to another
 * visit unseen; who stated it, the event time with its precision and the source are objects in there.
 *
 * @param facility custodian; null where it was written before versions named it
 * @param encounter the visit that it was written under
 * @param type key of the entry type
 * @param kind word of the version kind as the database has it
 * @param content canonical JSON, exact text
 */
record VersionRow(
        UUID entry,
        UUID patient,
        @Nullable UUID facility,
        @Nullable UUID encounter,
        String type,
        int number,
        String kind,
        String content,
        Instant event,
        String eventPrecision,
        String statedBy,
        @Nullable UUID statedByPractitioner,
        @Nullable String statedByName,
        Instant statedAt,
        UUID enteredBy,
        Instant enteredAt,
        @Nullable String reason,
        String sourceKind,
        @Nullable String sourceReference,
        @Nullable String sourcePlace,
        byte @Nullable [] predecessor) {

    private static final HexFormat HEX = HexFormat.of();

    byte[] contentHash() {
        return sha256(content);
    }

    byte[] hash() {
        return hash(contentHash());
    }

    byte[] hash(byte[] contentHash) {
        CanonicalWriter json = new CanonicalWriter(700)
                .open()
                .text("content", HEX.formatHex(contentHash))
                .text("encounter", encounter == null ? null : encounter.toString())
                .text("entered", enteredAt.toString())
                .text("enteredBy", enteredBy.toString())
                .text("entry", entry.toString())
                .open("event")
                .text("at", event.toString())
                .text("precision", eventPrecision)
                .close()
                .text("facility", facility == null ? null : facility.toString())
                .text("kind", kind)
                .number("number", number)
                .text("patient", patient.toString())
                .text("predecessor", predecessor == null ? null : HEX.formatHex(predecessor))
                .text("reason", reason)
                .open("source")
                .text("kind", sourceKind)
                .text("place", sourcePlace)
                .text("reference", sourceReference)
                .close()
                .text("stated", statedAt.toString())
                .open("statedBy")
                .text("by", statedBy)
                .text("name", statedByName)
                .text("practitioner", statedByPractitioner == null ? null : statedByPractitioner.toString())
                .close()
                .text("type", type)
                .close();
        return sha256(json.toString());
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    // Arrays compare by identity in the generated methods; nobody compares rows, so say what it would mean.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionRow row && Arrays.equals(hash(), row.hash());
    }

    @Override
    public int hashCode() {
        return entry.hashCode() * 31 + number;
    }
}
