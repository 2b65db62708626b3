package org.chartkeeper.exchange.domain.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of FHIR JSON into the bytes of one bundle entry, one line or one resource at a time, without parsing it.
 *
 * <p>It only counts braces outside strings, so that an entry whose inside is broken costs that entry alone. Memory is
 * bounded by the longest slice. What a slice holds is judged by whoever parses it; {@link #resync()} finds the way on
 * after a slice that swallowed its neighbors because a brace or quote was missing.
 */
final class JsonSlices {

    /** What a slice is. */
    enum Kind {
        /** An element of a bundle's {@code entry} array: the whole object with {@code fullUrl} and {@code resource}. */
        ENTRY,
        /** A resource that stands alone or on a line of its own; possibly a bundle without a streamable entry array. */
        RESOURCE,
        /** Something that is no JSON object. */
        GARBAGE,
        /** The stream ended inside it. */
        CUT_OFF,
        /** Longer than may be held in memory; its bytes are gone. */
        TOO_LARGE,
        /** Nothing more. */
        END
    }

    private enum State {
        BETWEEN,
        ENTRIES,
        AFTER_ENTRIES,
        DONE
    }

    private static final Set<String> ENTRY_MEMBERS =
            Set.of("fullUrl", "resource", "request", "response", "search", "link");

    private final InputStream in;
    private final int longest;
    private byte[] buffer;
    private int position;
    private int limit;
    private int mark = -1;
    private boolean dropped;
    private boolean exhausted;
    private boolean lines;
    private State state = State.BETWEEN;

    private int from;
    private int to;
    private int number;

    /**
     * @param lines true where each line is known to be a value of its own (NDJSON); otherwise it is found out
     * @param longest bytes of the longest slice that is held
     */
    JsonSlices(InputStream in, boolean lines, int longest) throws IOException {
        this.in = in;
        this.longest = longest;
        this.buffer = new byte[Math.min(256 * 1024, Math.max(1024, longest))];
        while (limit < buffer.length && fill()) {
            // as much as is there, so that byte-order mark and first line are seen whole
        }
        if (limit >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            position = 3;
        }
        this.lines = lines || looksLikeLines();
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Position of the slice in its file, from 1: of the entry in its bundle, of the line, of the resource. */
    int number() {
        return number;
    }

    /** The next slice; its bytes stay valid until the next call. */
    Kind next() throws IOException {
        while (true) {
            switch (state) {
                case DONE -> {
                    return Kind.END;
                }
                case ENTRIES -> {
                    Kind kind = nextEntry();
                    if (kind != null) {
                        return kind;
                    }
                }
                case AFTER_ENTRIES -> {
                    Kind kind = restOfBundle();
                    if (kind != null) {
                        return kind;
                    }
                }
                case BETWEEN -> {
                    Kind kind = lines ? nextLine() : nextTopLevel();
                    if (kind != null) {
                        return kind;
                    }
                }
            }
        }
    }

    /**
     * Called where the last slice turned out to be broken: goes on at what looks like the beginning of another entry
     * inside of it, if there is one.
     *
     * @return whether there was one
     */
    boolean resync() {
        int next = entryInside();
        if (next < 0) {
            return false;
        }
        position = next;
        state = State.ENTRIES;
        return true;
    }

    /** Whether something that looks like another entry stands inside the last slice. */
    boolean swallowed() {
        return entryInside() >= 0;
    }

    private int entryInside() {
        if (lines || from < 0 || to <= from || state == State.BETWEEN) {
            return -1;
        }
        for (int i = from + 1; i < to; i++) {
            if (buffer[i] == '{') {
                int key = skipBlanks(i + 1, to);
                if (startsWith(key, "\"fullUrl\"") && buffer[i - 1] != ':') {
                    return i;
                }
            }
        }
        return -1;
    }

    private boolean startsWith(int at, String text) {
        if (at + text.length() > to) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (buffer[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int skipBlanks(int at, int end) {
        int i = at;
        while (i < end && blank(buffer[i])) {
            i++;
        }
        return i;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0x1e;
    }

    /** The next byte that is no blank, not consumed; -1 at the end. */
    private int peek() throws IOException {
        while (true) {
            if (position == limit && !fill()) {
                return -1;
            }
            if (!blank(buffer[position])) {
                return buffer[position];
            }
            position++;
        }
    }

    private @Nullable Kind nextEntry() throws IOException {
        int next = peek();
        if (next == ',') {
            position++;
            return null;
        }
        if (next == ']') {
            position++;
            state = State.AFTER_ENTRIES;
            return null;
        }
        number++;
        if (next < 0) {
            state = State.DONE;
            from = to = 0;
            return Kind.CUT_OFF;
        }
        begin();
        if (next != '{') {
            skipScalar();
            finish();
            return Kind.GARBAGE;
        }
        boolean whole = scanObject();
        finish();
        if (dropped) {
            state = whole ? State.ENTRIES : State.DONE;
            return Kind.TOO_LARGE;
        }
        if (!whole) {
            state = State.DONE;
            return Kind.CUT_OFF;
        }
        return Kind.ENTRY;
    }

    /** Passes over something that is no object, up to the next comma, bracket or brace. */
    private void skipScalar() throws IOException {
        boolean string = false;
        boolean first = true;
        while (position < limit || fill()) {
            byte b = buffer[position];
            if (string) {
                string = b != '"' && b != '\n';
            } else if (b == '"') {
                string = true;
            } else if (!first && (b == ',' || b == ']' || b == '{')) {
                return;
            }
            first = false;
            position++;
        }
    }

    private @Nullable Kind restOfBundle() throws IOException {
        int depth = 1;
        boolean string = false;
        while (position < limit || fill()) {
            byte b = buffer[position++];
            if (string) {
                if (b == '\\') {
                    if (position < limit || fill()) {
                        position++;
                    }
                } else if (b == '"' || b == '\n') {
                    string = false;
                }
            } else if (b == '"') {
                string = true;
            } else if (b == '{') {
                depth++;
            } else if (b == '}' && --depth == 0) {
                state = State.BETWEEN;
                return null;
            }
        }
        state = State.DONE;
        number++;
        from = to = 0;
        return Kind.CUT_OFF;
    }

    private @Nullable Kind nextLine() throws IOException {
        if (peek() < 0) {
            state = State.DONE;
            return null;
        }
        begin();
        while (position < limit || fill()) {
            if (buffer[position++] == '\n') {
                break;
            }
        }
        finish();
        number++;
        return dropped ? Kind.TOO_LARGE : Kind.RESOURCE;
    }

    private @Nullable Kind nextTopLevel() throws IOException {
        int next = peek();
        if (next < 0) {
            state = State.DONE;
            return null;
        }
        begin();
        if (next != '{') {
            number++;
            while (position < limit || fill()) {
                mark = position = limit;
            }
            finish();
            state = State.DONE;
            return Kind.GARBAGE;
        }
        boolean whole = scanTop();
        if (state == State.ENTRIES) {
            mark = -1;
            return null;
        }
        finish();
        number++;
        if (!whole) {
            state = State.DONE;
            return dropped ? Kind.TOO_LARGE : Kind.CUT_OFF;
        }
        int after = peekOnLine();
        lines = after == '\n';
        return dropped ? Kind.TOO_LARGE : Kind.RESOURCE;
    }

    /** Whether a line ends here; does not move the slice. */
    private int peekOnLine() {
        int i = position;
        while (i < limit && (buffer[i] == ' ' || buffer[i] == '\r')) {
            i++;
        }
        return i < limit ? buffer[i] : -1;
    }

    private void begin() {
        mark = position;
        dropped = false;
    }

    private void finish() {
        from = mark;
        to = position;
        mark = -1;
    }

    /** Reads to the end of the object that begins here; false where the stream ends before. */
    private boolean scanObject() throws IOException {
        int depth = 0;
        boolean string = false;
        while (position < limit || fill()) {
            byte[] bytes = buffer;
            int at = position;
            int end = limit;
            while (at < end) {
                byte b = bytes[at++];
                if (string) {
                    if (b == '\\') {
                        if (at == end) {
                            // What is escaped comes with the next bytes.
                            position = at;
                            if (!fill()) {
                                return false;
                            }
                            bytes = buffer;
                            at = position;
                            end = limit;
                        }
                        at++;
                    } else if (b == '"' || b == '\n') {
                        // No JSON string holds a raw line break: a missing quote costs no more than its line.
                        string = false;
                    }
                } else if (b == '"') {
                    string = true;
                } else if (b == '{') {
                    depth++;
                } else if (b == '}' && --depth == 0) {
                    position = at;
                    return true;
                }
            }
            position = at;
        }
        return false;
    }

    /** Like {@link #scanObject()}, but stops at the beginning of a bundle's entries, which are cut one by one. */
    private boolean scanTop() throws IOException {
        int depth = 0;
        String type = null;
        while (position < limit || fill()) {
            byte b = buffer[position++];
            if (b == '{') {
                depth++;
            } else if (b == '}') {
                if (--depth == 0) {
                    return true;
                }
            } else if (b == '"') {
                String text = readString(depth == 1);
                if (depth == 1 && text != null && peek() == ':') {
                    position++;
                    int value = peek();
                    if (text.equals("resourceType") && value == '"') {
                        position++;
                        type = readString(true);
                    } else if (text.equals("entry") && value == '[' && (type == null || type.equals("Bundle"))) {
                        position++;
                        if (type != null || holdsEntries()) {
                            state = State.ENTRIES;
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Whether the array that begins here has elements of a bundle, where the type was not yet said. */
    private boolean holdsEntries() throws IOException {
        if (peek() != '{') {
            return false;
        }
        int back = position - mark;
        position++;
        boolean entries = false;
        if (peek() == '"') {
            position++;
            String key = readString(true);
            entries = key != null && ENTRY_MEMBERS.contains(key);
        }
        position = mark + back;
        return entries;
    }

    /** Reads a string whose opening quote was consumed; its text only where asked for and short. */
    private @Nullable String readString(boolean wanted) throws IOException {
        int start = position - mark;
        while (position < limit || fill()) {
            byte b = buffer[position++];
            if (b == '\\') {
                if (position < limit || fill()) {
                    position++;
                }
            } else if (b == '"' || b == '\n') {
                int length = position - 1 - mark - start;
                return wanted && !dropped && length >= 0 && length <= 64
                        ? new String(buffer, mark + start, length, StandardCharsets.UTF_8)
                        : null;
            }
        }
        return null;
    }

    /** Whether the next line begins another value, as in NDJSON. */
    private boolean looksLikeLines() {
        int first = skipBlanks(position, limit);
        if (first >= limit || buffer[first] != '{') {
            return false;
        }
        int end = first;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        int next = skipBlanks(end, limit);
        if (next >= limit || buffer[next] != '{' || buffer[next - 1] != '\n') {
            return false;
        }
        int last = end - 1;
        while (last > first && blank(buffer[last])) {
            last--;
        }
        // "entry":[ at the end of the first line: a bundle with one entry per line.
        return last > first && buffer[last] != '[';
    }

    /** Reads more, keeping the slice that was begun; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (exhausted) {
            return false;
        }
        if (mark >= 0 && position - mark > longest) {
            dropped = true;
            mark = position;
        }
        if (mark > 0) {
            System.arraycopy(buffer, mark, buffer, 0, limit - mark);
            position -= mark;
            limit -= mark;
            mark = 0;
        } else if (mark < 0) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, longest + 1024L * 1024));
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count <= 0) {
            exhausted = true;
            return false;
        }
        limit += count;
        return true;
    }
}
