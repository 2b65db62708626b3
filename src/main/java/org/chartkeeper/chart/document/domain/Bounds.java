package org.chartkeeper.chart.document.domain;

/** What a file may ask of us. All in all a page takes some 250 MB while it is drawn, at most. */
final class Bounds {

    /** Pages of one file. */
    static final int PAGES = 2000;

    /** Picture elements of one image: a legal-size sheet at 600 dots per inch has 43 million. */
    static final long PIXELS = 50_000_000L;

    /** What a stream of a PDF that is no image may unpack to. */
    static final long STREAM = 64L << 20;

    /** What the stream of an image may unpack to. */
    static final long IMAGE_STREAM = 200L << 20;

    /** What all streams of a file may unpack to. */
    static final long ALL_STREAMS = 4L << 30;

    /** Objects of a PDF. */
    static final int OBJECTS = 400_000;

    /** Characters of a text document. */
    static final int CHARACTERS = 20_000_000;

    /** Characters kept of a document for the search. */
    static final int SEARCHED = 2_000_000;

    private Bounds() {}

    static void pixels(long width, long height) {
        if (width <= 0 || height <= 0) {
            throw Refusal.of("The image is damaged: it says that it is " + width + " × " + height + " pixels.");
        }
        // Each side first: the product of two hostile numbers may wrap around.
        if (width > PIXELS || height > PIXELS || width * height > PIXELS) {
            throw Refusal.of("An image of " + String.format(java.util.Locale.US, "%,d × %,d", width, height)
                    + " pixels is too large; at most 50 million are taken. Scan it with a lower resolution.");
        }
    }

    static void pages(int number) {
        if (number < 1) {
            throw Refusal.of("The file has no page.");
        }
        if (number > PAGES) {
            throw Refusal.of("The file has " + number + " pages; at most " + PAGES + " are taken. Send it in parts.");
        }
    }
}
