package org.chartkeeper.exchange.domain.fhir;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whether a resource is the same as before: SHA-256 over its members in order of their names, without blanks.
 *
 * <p>Not part of it is what a server writes anew at every export though nothing changed: {@code meta.versionId} and
 * {@code meta.lastUpdated}. Not thread-safe; one per thread.
 */
final class CanonicalResource {

    private final StringBuilder out = new StringBuilder(4096);
    private final MessageDigest digest;

    CanonicalResource() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 64 lower-case hexadecimal digits. */
    String hash(ObjectNode resource) {
        out.setLength(0);
        object(resource, false, true);
        String hash = HexFormat.of().formatHex(digest.digest(out.toString().getBytes(StandardCharsets.UTF_8)));
        if (out.capacity() > 1024 * 1024) {
            out.setLength(0);
            out.trimToSize();
        }
        return hash;
    }

    private void object(JsonNode object, boolean meta, boolean root) {
        int size = object.size();
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<String, JsonNode>[] members = object.properties().toArray(new Map.Entry[size]);
        Arrays.sort(members, (a, b) -> a.getKey().compareTo(b.getKey()));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : members) {
            String name = member.getKey();
            if (meta && (name.equals("versionId") || name.equals("lastUpdated"))) {
                continue;
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            string(name);
            out.append(':');
            value(member.getValue(), root && name.equals("meta"));
        }
        out.append('}');
    }

    private void value(JsonNode node, boolean meta) {
        if (node.isObject()) {
            object(node, meta, false);
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                value(node.get(i), false);
            }
            out.append(']');
        } else if (node.isString()) {
            string(node.stringValue());
        } else {
            out.append(node);
        }
    }

    /** Unlike JSON proper it escapes no more than it must to stay unambiguous. */
    private void string(String text) {
        out.append('"');
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
            out.append(text);
        } else {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
            }
        }
        out.append('"');
    }
}
