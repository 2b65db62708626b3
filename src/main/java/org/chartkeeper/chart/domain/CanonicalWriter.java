package org.chartkeeper.chart.domain;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in the canonical form of RFC 8785 for what the record holds: strings, booleans, whole numbers, objects and
 * lists. The caller names keys in their sorted order, which a test proves for every content; nothing is sorted here, so
 * that an import does not pay for it. Null is left out.
 */
final class CanonicalWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;

    CanonicalWriter(int size) {
        out = new StringBuilder(size);
    }

    CanonicalWriter open() {
        separate();
        out.append('{');
        return this;
    }

    CanonicalWriter open(String key) {
        key(key);
        out.append('{');
        return this;
    }

    CanonicalWriter close() {
        out.append('}');
        return this;
    }

    CanonicalWriter openList(String key) {
        key(key);
        out.append('[');
        return this;
    }

    CanonicalWriter closeList() {
        out.append(']');
        return this;
    }

    CanonicalWriter text(String key, @Nullable String value) {
        if (value != null) {
            key(key);
            string(value);
        }
        return this;
    }

    CanonicalWriter flag(String key, @Nullable Boolean value) {
        if (value != null) {
            key(key);
            out.append(value.booleanValue());
        }
        return this;
    }

    /** A whole number; one beyond 2^53 has no canonical form. */
    CanonicalWriter number(String key, @Nullable Number value) {
        if (value != null) {
            long whole = value.longValue();
            if (Math.abs(whole) > 1L << 53) {
                throw new IllegalArgumentException(key + " is beyond what JSON numbers keep exactly");
            }
            key(key);
            out.append(whole);
        }
        return this;
    }

    CanonicalWriter item(String value) {
        separate();
        string(value);
        return this;
    }

    private void key(String key) {
        separate();
        out.append('"').append(key).append("\":");
    }

    private void separate() {
        if (!out.isEmpty()) {
            char last = out.charAt(out.length() - 1);
            if (last != '{' && last != '[' && last != ':') {
                out.append(',');
            }
        }
    }

    private void string(String value) {
        out.append('"');
        int from = plain(value);
        out.append(value, 0, from);
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ') {
                out.append(Character.isSurrogate(c) && Texts.unstorable(value, i) ? '\ufffd' : c);
            } else {
                control(c);
            }
        }
        out.append('"');
    }

    /** How far the value stands as it is. */
    private static int plain(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return i;
            }
        }
        return length;
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
