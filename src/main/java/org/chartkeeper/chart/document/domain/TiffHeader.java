package org.chartkeeper.chart.document.domain;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The directories of a TIFF file, read without any of its images: how many pages, how large, how fine. */
final class TiffHeader {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int MOST_PIECES = 1 << 20;
    private static final int X_RESOLUTION = 282;
    private static final int Y_RESOLUTION = 283;
    private static final int SHORT = 3;
    private static final int MOST_TAGS = 4096;

    private final RandomAccessFile file;
    private final boolean little;

    private TiffHeader(RandomAccessFile file) throws IOException {
        this.file = file;
        this.little = file.read() == 'I';
    }

    /**
     * A page.
     *
     * @param stretch by which its height is to be multiplied so that it looks as on paper: faxes have twice as many dots
     *     across as down; 1 for square dots
     */
    record Page(long width, long height, double stretch) {}

    /** @throws org.chartkeeper.platform.Rejected where it is damaged, goes in circles or is too large */
    static List<Page> read(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return new TiffHeader(file).pages();
        } catch (EOFException e) {
            throw Refusal.of("The TIFF file is damaged: it ends before its pages do.");
        }
    }

    private List<Page> pages() throws IOException {
        List<Page> pages = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long at = number(4, 4);
        while (at != 0) {
            if (!seen.add(at)) {
                throw Refusal.of("The TIFF file is damaged: its pages go in a circle.");
            }
            Bounds.pages(seen.size());
            int tags = (int) number(at, 2);
            if (tags > MOST_TAGS) {
                throw Refusal.of("The TIFF file is damaged.");
            }
            pages.add(page(at + 2, tags));
            at = number(at + 2 + 12L * tags, 4);
        }
        Bounds.pages(pages.size());
        return pages;
    }

    private Page page(long at, int tags) throws IOException {
        long width = 0;
        long height = 0;
        double across = 0;
        double down = 0;
        long[] offsets = {};
        long[] lengths = {};
        for (int i = 0; i < tags; i++) {
            long entry = at + 12L * i;
            int tag = (int) number(entry, 2);
            int size = (int) number(entry + 2, 2) == SHORT ? 2 : 4;
            switch (tag) {
                case WIDTH -> width = number(entry + 8, size);
                case HEIGHT -> height = number(entry + 8, size);
                case STRIP_OFFSETS, TILE_OFFSETS -> offsets = numbers(entry, size);
                case STRIP_LENGTHS, TILE_LENGTHS -> lengths = numbers(entry, size);
                case X_RESOLUTION -> across = ratio(number(entry + 8, 4));
                case Y_RESOLUTION -> down = ratio(number(entry + 8, 4));
                default -> {
                    // says nothing about size
                }
            }
        }
        Bounds.pixels(width, height);
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] + (i < lengths.length ? lengths[i] : 0) > file.length()) {
                throw new EOFException();
            }
        }
        double stretch = across > 0 && down > 0 ? across / down : 1;
        return new Page(width, height, stretch > 1.05 && stretch < 4 ? stretch : 1);
    }

    /** The values of a tag: where the pieces of the image lie, or how long they are. */
    private long[] numbers(long entry, int size) throws IOException {
        long count = number(entry + 4, 4);
        if (count > MOST_PIECES) {
            throw Refusal.of("The TIFF file is damaged.");
        }
        long at = count * size <= 4 ? entry + 8 : number(entry + 8, 4);
        byte[] bytes = new byte[(int) count * size];
        file.seek(at);
        file.readFully(bytes);
        long[] numbers = new long[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            long value = 0;
            for (int each = 0; each < size; each++) {
                int next = bytes[i * size + each] & 0xFF;
                value = little ? value | (long) next << (8 * each) : value << 8 | next;
            }
            numbers[i] = value;
        }
        return numbers;
    }

    private double ratio(long at) throws IOException {
        if (at <= 0 || at + 8 > file.length()) {
            return 0;
        }
        long below = number(at + 4, 4);
        return below == 0 ? 0 : (double) number(at, 4) / below;
    }

    private long number(long at, int bytes) throws IOException {
        file.seek(at);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int next = file.read();
            if (next < 0) {
                throw new EOFException();
            }
            value = little ? value | (long) next << (8 * i) : value << 8 | next;
        }
        return value;
    }
}
