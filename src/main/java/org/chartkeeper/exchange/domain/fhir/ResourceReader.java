package org.chartkeeper.exchange.domain.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a file's resources one after the other, those of the types that are wanted; the rest is passed over without being
 * parsed. Whatever is broken is met as a problem, and reading goes on behind it.
 */
final class ResourceReader {

    private final JsonSlices slices;
    private final Predicate<String> wanted;
    private final boolean unknownWanted;
    private final Deque<Met> inLine = new ArrayDeque<>();
    private int number;

    /**
     * @param lines true where each line is known to be a value of its own
     * @param wanted types that are wanted now
     * @param unknownWanted whether what has no type, or is so broken that it cannot be told, is wanted now
     */
    ResourceReader(InputStream in, boolean lines, Predicate<String> wanted, boolean unknownWanted) throws IOException {
        this.slices = new JsonSlices(in, lines, Fhir.LONGEST_RESOURCE);
        this.wanted = wanted;
        this.unknownWanted = unknownWanted;
    }

    /** The next one, null at the end. */
    @Nullable
    Met next() throws IOException {
        while (true) {
            Met waiting = inLine.poll();
            if (waiting != null) {
                return waiting;
            }
            JsonSlices.Kind kind = slices.next();
            if (kind == JsonSlices.Kind.END) {
                return null;
            }
            Met met = read(kind);
            if (met != null) {
                return met;
            }
        }
    }

    /** How many resources and broken pieces were passed or met so far, wanted or not. */
    int number() {
        return number;
    }

    private @Nullable Met read(JsonSlices.Kind kind) {
        number++;
        int length = slices.to() - slices.from();
        return switch (kind) {
            case GARBAGE -> unknown("this is no JSON object", length);
            case TOO_LARGE ->
                unknown(
                        "longer than " + Fhir.LONGEST_RESOURCE / (1024 * 1024)
                                + " MB, the most that a resource may have",
                        0);
            case CUT_OFF -> {
                String type = length > 0 ? peekType(kind) : null;
                slices.resync();
                yield broken(type, "broken JSON: the file ends, or braces do not match, inside this entry", length);
            }
            case ENTRY -> entry(length);
            case RESOURCE -> resource(length);
            case END -> null;
        };
    }

    private @Nullable Met entry(int length) {
        String type = peekType(JsonSlices.Kind.ENTRY);
        if (type != null && !wanted.test(type) && !slices.swallowed()) {
            return null;
        }
        JsonNode entry;
        try {
            entry = parse();
        } catch (JacksonException e) {
            slices.resync();
            return broken(type, reason(e), length);
        }
        return ofEntry(entry, number, length);
    }

    private @Nullable Met ofEntry(JsonNode entry, int at, int length) {
        if (!entry.isObject()) {
            return unknown("the entry is no JSON object", length);
        }
        JsonNode fullUrl = entry.get("fullUrl");
        if (fullUrl != null && !fullUrl.isString()) {
            return unknown("wrong type: fullUrl is no text", length);
        }
        JsonNode resource = entry.get("resource");
        if (resource == null || resource.isNull()) {
            return unknown("the entry holds no resource", length);
        }
        return ofResource(resource, fullUrl == null ? null : fullUrl.stringValue(), at, length);
    }

    private @Nullable Met ofResource(JsonNode resource, @Nullable String fullUrl, int at, int length) {
        if (!(resource instanceof ObjectNode object)) {
            return unknown("wrong type: the resource is no JSON object", length);
        }
        JsonNode type = object.get("resourceType");
        if (type == null || type.isNull()) {
            return unknown("resourceType is missing", length);
        }
        if (!type.isString() || !Fhir.typeName(type.stringValue())) {
            return unknown("wrong type: resourceType is no name of a resource type", length);
        }
        String name = type.stringValue();
        if (!wanted.test(name)) {
            return null;
        }
        JsonNode id = object.get("id");
        if (id != null && !id.isString()) {
            return new Met(at, fullUrl, name, null, "wrong type: " + name + ".id is no text", length);
        }
        return new Met(at, fullUrl, name, object, null, length);
    }

    private @Nullable Met resource(int length) {
        String type = peekType(JsonSlices.Kind.RESOURCE);
        boolean bundle = "Bundle".equals(type);
        if (type != null && !bundle && !wanted.test(type)) {
            return null;
        }
        JsonNode node;
        try {
            node = parse();
        } catch (JacksonException e) {
            slices.resync();
            return broken(bundle ? null : type, reason(e), length);
        }
        JsonNode named = node.get("resourceType");
        if (named == null || !named.isString() || !named.stringValue().equals("Bundle")) {
            return ofResource(node, null, number, length);
        }
        return smallBundle(node, length);
    }

    /** A bundle that was cut as one: without entries, or on a line of its own. */
    private @Nullable Met smallBundle(JsonNode bundle, int length) {
        JsonNode entries = bundle.get("entry");
        if (entries == null || entries.isNull()) {
            number--;
            return null;
        }
        if (!entries.isArray()) {
            return unknown("wrong type: Bundle.entry is no array", length);
        }
        number--;
        for (JsonNode entry : entries) {
            number++;
            Met met = ofEntry(entry, number, length / Math.max(1, entries.size()));
            if (met != null) {
                inLine.add(met);
            }
        }
        return inLine.poll();
    }

    private JsonNode parse() {
        return Fhir.JSON.readTree(slices.bytes(), slices.from(), slices.to() - slices.from());
    }

    private @Nullable Met unknown(String problem, int length) {
        return unknownWanted ? Met.refused(number, null, problem, length) : null;
    }

    private @Nullable Met broken(@Nullable String type, String problem, int length) {
        if (type == null) {
            return unknown(problem, length);
        }
        return wanted.test(type) ? Met.refused(number, type, problem, length) : null;
    }

    /** Where it broke; never what stands there, which may be clinical content. */
    private static String reason(JacksonException e) {
        String what = e instanceof tools.jackson.core.exc.StreamConstraintsException
                ? "JSON beyond what is taken (nested deeper than 200, or a text too long)"
                : e.getOriginalMessage().startsWith("Duplicate field")
                                || e.getOriginalMessage().startsWith("Duplicate property")
                        ? "broken JSON: a name stands twice in one object"
                        : "broken JSON";
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return at >= 0 ? what + " near character " + at + " of the entry" : what;
    }

    /**
     * The type where it can be told without parsing: {@code resourceType} stands first in the resource, after nothing but
     * {@code fullUrl}. Null where it cannot.
     */
    private @Nullable String peekType(JsonSlices.Kind kind) {
        byte[] bytes = slices.bytes();
        int end = Math.min(slices.to(), slices.from() + 4096);
        int at = slices.from();
        if (kind != JsonSlices.Kind.RESOURCE) {
            at = expect(bytes, at, end, '{');
            while (at > 0) {
                int key = at;
                at = string(bytes, at, end);
                if (at < 0) {
                    return null;
                }
                boolean resource = matches(bytes, key, end, "\"resource\"");
                boolean fullUrl = matches(bytes, key, end, "\"fullUrl\"");
                at = expect(bytes, at, end, ':');
                if (resource) {
                    break;
                }
                if (!fullUrl) {
                    return null;
                }
                at = string(bytes, at, end);
                at = at < 0 ? -1 : expect(bytes, at, end, ',');
            }
        }
        at = at < 0 ? -1 : expect(bytes, at, end, '{');
        if (at < 0 || !matches(bytes, at, end, "\"resourceType\"")) {
            return null;
        }
        at = expect(bytes, at + "\"resourceType\"".length(), end, ':');
        if (at < 0 || at >= end || bytes[at] != '"') {
            return null;
        }
        int close = string(bytes, at, end);
        if (close < 0 || close - at > 66) {
            return null;
        }
        String type = new String(bytes, at + 1, close - at - 2, java.nio.charset.StandardCharsets.UTF_8);
        return Fhir.typeName(type) ? type : null;
    }

    /** Behind the given character and the blanks around it; -1 where something else stands there. */
    private static int expect(byte[] bytes, int from, int end, char what) {
        int at = blanks(bytes, from, end);
        if (at >= end || bytes[at] != what) {
            return -1;
        }
        at = blanks(bytes, at + 1, end);
        return at < end ? at : -1;
    }

    private static int blanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Behind the string that begins here; -1 where none does. */
    private static int string(byte[] bytes, int from, int end) {
        if (from >= end || bytes[from] != '"') {
            return -1;
        }
        for (int i = from + 1; i < end; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int from, int end, String text) {
        if (from + text.length() > end) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
