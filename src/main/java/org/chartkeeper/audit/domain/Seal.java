package org.chartkeeper.audit.domain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import org.chartkeeper.platform.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** A link of the chain of seals. */
record Seal(
        long number,
        Instant sealedAt,
        long cluster,
        long from,
        long to,
        int count,
        byte[] root,
        byte @Nullable [] previous,
        byte[] hash) {

    static Seal after(@Nullable Seal last, Instant now, long cluster, long from, long to, MerkleTree tree) {
        long number = last == null ? 1 : last.number + 1;
        byte[] previous = last == null ? null : last.hash;
        byte[] root = tree.root();
        return new Seal(
                number,
                now,
                cluster,
                from,
                to,
                tree.size(),
                root,
                previous,
                hash(number, now, cluster, from, to, tree.size(), root, previous));
    }

    /** What its hash should be. */
    byte[] computed() {
        return hash(number, sealedAt, cluster, from, to, count, root, previous);
    }

    boolean covers(long itsCluster, long transaction) {
        return cluster == itsCluster && transaction >= from && transaction < to;
    }

    private static byte[] hash(
            long number,
            Instant sealedAt,
            long cluster,
            long from,
            long to,
            int count,
            byte[] root,
            byte @Nullable [] previous) {
        TreeMap<String, Object> members = new TreeMap<>();
        members.put("cluster", Long.toString(cluster));
        members.put("count", count);
        members.put("from", Long.toString(from));
        members.put("number", Long.toString(number));
        if (previous != null) {
            members.put("previous", HexFormat.of().formatHex(previous));
        }
        members.put("root", HexFormat.of().formatHex(root));
        members.put("sealedAt", EventForm.text(sealedAt));
        members.put("to", Long.toString(to));
        return EventForm.sha256(CanonicalJson.of(members).getBytes(StandardCharsets.UTF_8));
    }
}
