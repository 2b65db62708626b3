package org.chartkeeper.chart.document.domain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a file that comes in is there to its end. Viewers mend what was cut off in the middle of a transmission by showing
 * less of it, and nobody would see that a page is missing.
 */
final class Completeness {

    /** Writers put padding, a digest or a line behind the end mark; more than this is no padding. */
    private static final int TAIL = 16 * 1024;

    private static final String END_OF_PDF = "%%EOF";
    private static final int BEGIN_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

    private Completeness() {}

    /** @throws org.chartkeeper.platform.Rejected where the file ends before what it holds does */
    static void check(Path file, FileKind kind) throws IOException {
        boolean whole = switch (kind) {
            case PDF -> tail(file).contains(END_OF_PDF);
            case JPEG -> endsAfterItsImage(file);
            default -> true;
        };
        if (!whole) {
            throw Refusal.of("The " + kind.name() + " is damaged: it is cut off before its end. Send it again.");
        }
    }

    private static String tail(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(TAIL, open.length());
            byte[] bytes = new byte[length];
            open.seek(open.length() - length);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Neither mark can stand within the coded image, where FF is always followed by 00 or a restart; that of a thumbnail
     * stands before the image's own scan.
     */
    private static boolean endsAfterItsImage(Path file) throws IOException {
        long scan = -1;
        long end = -1;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            int before = -1;
            long at = 0;
            for (int next = in.read(); next >= 0; next = in.read(), at++) {
                if (before == 0xFF && next == BEGIN_OF_SCAN) {
                    scan = at;
                } else if (before == 0xFF && next == END_OF_IMAGE) {
                    end = at;
                }
                before = next;
            }
        }
        return end > scan;
    }
}
