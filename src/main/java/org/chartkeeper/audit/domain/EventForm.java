package org.chartkeeper.audit.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;
import java.util.UUID;
import org.chartkeeper.platform.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * All that is recorded of an event apart from its transaction, and the canonical form that its hash is made over. The
 * database knows the transaction only when it writes, and {@code transaction} is the last member by its name, so the
 * form is finished there.
 */
record EventForm(
        Instant occurredAt,
        UUID id,
        @Nullable UUID facility,
        @Nullable UUID actor,
        @Nullable String role,
        @Nullable String session,
        @Nullable String address,
        String node,
        @Nullable UUID patient,
        @Nullable String subjectType,
        @Nullable String subjectId,
        @Nullable Integer subjectVersion,
        String action,
        String outcome,
        @Nullable String reason,
        @Nullable Integer count,
        @Nullable String details,
        long cluster,
        String application) {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** A moment as hashes hold it: UTC with six decimals, which is what the database keeps. */
    static String text(Instant moment) {
        return MICROSECONDS.format(moment);
    }

    /** The canonical form up to the value of {@code transaction}. */
    String beginning() {
        TreeMap<String, Object> members = new TreeMap<>();
        put(members, "action", action);
        put(members, "actor", actor);
        put(members, "address", address);
        put(members, "application", application);
        put(members, "cluster", Long.toString(cluster));
        put(members, "count", count);
        put(members, "details", details);
        put(members, "facility", facility);
        put(members, "id", id);
        put(members, "node", node);
        put(members, "occurredAt", text(occurredAt));
        put(members, "outcome", outcome);
        put(members, "patient", patient);
        put(members, "reason", reason);
        put(members, "role", role);
        put(members, "session", session);
        put(members, "subjectId", subjectId);
        put(members, "subjectType", subjectType);
        put(members, "subjectVersion", subjectVersion);
        String whole = CanonicalJson.of(members);
        return whole.substring(0, whole.length() - 1) + ",\"transaction\":\"";
    }

    byte[] hash(long transaction) {
        return sha256((beginning() + transaction + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void put(TreeMap<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
