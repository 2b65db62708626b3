package org.chartkeeper.terminology.domain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, numbered from 1: UTF-8, and where a line is none, Windows-1252, as files of CMS are; UTF-16
 * where a mark at the beginning says so, as the list of vaccines has been. The mark and carriage returns are dropped.
 */
class Lines {

    private static final int LONGEST = 4_000_000;
    private static final int MARK = 0xFEFF;

    /** From so many lines on a missing end of the last one means that the file was cut. */
    private static final int WHOLE = 1000;

    private final BufferedInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private long number;
    private boolean ended = true;

    /** Where characters are two bytes: which of them is the first; null where they are not. */
    private @Nullable Charset wide;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** Number of the line that was read last. */
    long number() {
        return number;
    }

    /** The next line; null behind the last. */
    @Nullable
    String next() throws IOException, BadFile {
        bytes.reset();
        if (number == 0) {
            in.mark(2);
            byte[] mark = in.readNBytes(2);
            if (isWide(mark)) {
                wide = mark[0] == (byte) 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            } else {
                in.reset();
            }
        }
        int one = one();
        if (one < 0) {
            return null;
        }
        number++;
        while (one >= 0 && one != '\n') {
            if (one < ' ' && "\t\r\f".indexOf(one) < 0) {
                throw new BadFile(number, "this is no text; the file is damaged or of another kind.");
            }
            if (wide == null) {
                bytes.write(one);
            } else {
                bytes.writeBytes(Character.toString(one).getBytes(StandardCharsets.UTF_8));
            }
            if (bytes.size() > LONGEST) {
                throw new BadFile(number, "the line has no end; the file is damaged or of another kind.");
            }
            one = one();
        }
        ended = one == '\n';
        String line = decoded(bytes.toByteArray());
        if (number == 1 && !line.isEmpty() && line.charAt(0) == MARK) {
            line = line.substring(1);
        }
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Whether the mark of UTF-16 stands at the beginning. */
    static boolean isWide(byte[] head) {
        return head.length > 1
                && (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE
                        || head[0] == (byte) 0xFE && head[1] == (byte) 0xFF);
    }

    /** The next byte, or the next character where they are two bytes each; negative behind the last. */
    private int one() throws IOException {
        int first = in.read();
        if (wide == null || first < 0) {
            return first;
        }
        int second = in.read();
        return second < 0 ? 0 : wide.equals(StandardCharsets.UTF_16BE) ? first << 8 | second : second << 8 | first;
    }

    /** @throws BadFile where the last line of a long file has no end: it was cut in it */
    void checkEnd() throws BadFile {
        if (!ended && number > WHOLE) {
            throw new BadFile(number, "the file is cut: its last line has no end.");
        }
    }

    private static String decoded(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(line, Charset.forName("windows-1252"));
        }
    }
}
