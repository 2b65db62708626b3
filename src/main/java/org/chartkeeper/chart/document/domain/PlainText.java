package org.chartkeeper.chart.document.domain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plain text: UTF-8, UTF-16 with its mark, or what Windows wrote before. */
final class PlainText {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private PlainText() {}

    /** @throws org.chartkeeper.platform.Rejected where it is no text throughout */
    static String read(Path file) throws IOException {
        if (Files.size(file) > Bounds.CHARACTERS) {
            throw Refusal.of("A text of more than 20 MB is no document. Send it in parts.");
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = decode(bytes);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == '\ufffe' || c == '\uffff') {
                throw Refusal.of(
                        "This is no text and nothing else that is taken: PDF, TIFF, JPEG, PNG, plain text, C-CDA.");
            }
        }
        if (text.isBlank()) {
            throw Refusal.of("The text is empty.");
        }
        return text.replace("\r\n", "\n").replace('\r', '\n').replace('\f', '\n');
    }

    private static String decode(byte[] bytes) {
        if (bytes.length >= 2
                && ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe
                        || (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\ufeff", "");
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WINDOWS);
        }
    }
}
