package org.chartkeeper.platform;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON by RFC 8785: members sorted by their UTF-16 code units, no blanks, shortest escapes. It is what hashes
 * of versions are made over, so its output for a value never changes.
 *
 * <p>Records become objects of their components, maps objects, collections arrays; an absent (null or empty)
 * member is left out, so that a component added later does not change the form of what was written before. Integers are numbers; decimals
 * are text, because a JSON number would lose the zero of 7.40; every other type is its {@code toString()}.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** The canonical text of a record, map, collection or plain value. */
    public static String of(@Nullable Object value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return out.toString();
    }

    /** SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
    public static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Short) {
            out.append(value);
        } else if (value instanceof Long number) {
            integer(BigInteger.valueOf(number), out);
        } else if (value instanceof BigDecimal number) {
            string(number.toPlainString(), out);
        } else if (value instanceof Map<?, ?> map) {
            object(map, out);
        } else if (value instanceof Collection<?> items) {
            array(items, out);
        } else if (value instanceof Record item && !textual(item)) {
            object(components(item), out);
        } else {
            // A value type that stands for its text, such as an id or a date, is a record too.
            string(value.toString(), out);
        }
    }

    /** Beyond 2^53 a JSON number is not exact everywhere: then it is text. */
    private static void integer(BigInteger number, StringBuilder out) {
        if (number.bitLength() > 53) {
            string(number.toString(), out);
        } else {
            out.append(number);
        }
    }

    private static final ClassValue<Boolean> TEXTUAL = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            return type.equals(PartialDate.class)
                    || (components.length == 1 && components[0].getType().equals(UUID.class));
        }
    };

    private static boolean textual(Record item) {
        return TEXTUAL.get(item.getClass());
    }

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    private static Map<String, @Nullable Object> components(Record item) {
        Map<String, @Nullable Object> members = new TreeMap<>();
        for (RecordComponent component : COMPONENTS.get(item.getClass())) {
            try {
                members.put(component.getName(), component.getAccessor().invoke(item));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("component " + component.getName() + " cannot be read", e);
            }
        }
        return members;
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        // String's natural order is that of UTF-16 code units, which RFC 8785 asks for.
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, member) -> sorted.put(String.valueOf(key), member));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            Object part = member.getValue();
            if (part == null || (part instanceof Collection<?> items && items.isEmpty())) {
                continue;
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
        }
        out.append('}');
    }

    private static void array(Collection<?> items, StringBuilder out) {
        out.append('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.append(',');
            }
            first = false;
            write(item, out);
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
