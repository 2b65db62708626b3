package org.chartkeeper.chart.document.domain;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The sizes that a JBIG2 stream says, segment by segment, before its decoder makes room for them. */
final class Jbig2Header {

    private static final int PAGE_INFORMATION = 48;
    private static final int END_OF_FILE = 51;
    /** Segments that begin with width and height of a region. */
    private static final Set<Integer> REGIONS = Set.of(4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43);

    private Jbig2Header() {}

    /** @throws org.chartkeeper.platform.Rejected where an image in it is too large */
    static void check(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            for (int number = 0; number < 10_000; number++) {
                if (!segment(in)) {
                    return;
                }
            }
            throw Refusal.of("The PDF holds a scan with too many parts.");
        } catch (EOFException end) {
            // A stream within a PDF has no end segment.
        }
    }

    private static boolean segment(DataInputStream in) throws IOException {
        long number = in.readInt() & 0xffffffffL;
        int flags = in.readUnsignedByte();
        int type = flags & 0x3f;
        int count = in.readUnsignedByte();
        long references = count >> 5;
        if (references == 7) {
            references = (long) (count & 0x1f) << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            in.skipNBytes((references + 8) / 8);
        }
        int referenceSize = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
        in.skipNBytes(references * referenceSize);
        in.skipNBytes((flags & 0x40) != 0 ? 4 : 1);
        long length = in.readInt() & 0xffffffffL;
        if (type == END_OF_FILE) {
            return false;
        }
        boolean sized = type == PAGE_INFORMATION || REGIONS.contains(type);
        if (sized) {
            long width = in.readInt() & 0xffffffffL;
            long height = in.readInt() & 0xffffffffL;
            // A page may say that its height is not known yet; its regions say theirs.
            Bounds.pixels(width, height == 0xffffffffL ? 1 : height);
        }
        if (length == 0xffffffffL) {
            return false; // a region of unknown length is the last that can be followed
        }
        in.skipNBytes(Math.max(0, length - (sized ? 8 : 0)));
        return true;
    }
}
