package org.chartkeeper.exchange.domain.fhir;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files as they are read: decompressed where they are gzip, by their content and not by their name. */
final class Expanded {

    /** Below this nothing is suspected. */
    private static final long HARMLESS = 64L * 1024 * 1024;

    private Expanded() {}

    /** More came out of a compressed file than is taken. The message is for the user. */
    static final class TooLarge extends IOException {

        TooLarge(String message) {
            super(message);
        }
    }

    /**
     * What may come out of compressed files.
     *
     * @param bytes the most in all
     * @param ratio the most per compressed byte; JSON reaches some 30 to 100, a bomb 1,000
     */
    record Limits(long bytes, int ratio) {}

    /** Counts what is read from a stream. */
    static final class Counting extends FilterInputStream {

        private volatile long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count++;
            }
            return value;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            if (read > 0) {
                count += read;
            }
            return read;
        }

        long count() {
            return count;
        }
    }

    /** The stream itself, or what is in it where it is gzip. */
    static InputStream of(Counting raw, Limits limits) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 64 * 1024);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        if (first != 0x1f || second != 0x8b) {
            return in;
        }
        return guarded(new GZIPInputStream(in, 64 * 1024), raw, limits);
    }

    /** Ends with {@link TooLarge} where more comes out than is taken. */
    static InputStream guarded(InputStream expanded, Counting raw, Limits limits) {
        return new FilterInputStream(expanded) {
            private long out;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int read = super.read(target, from, length);
                if (read > 0) {
                    out += read;
                    if (out > limits.bytes()) {
                        throw new TooLarge("it expands to more than " + limits.bytes() / (1024 * 1024) + " MB");
                    }
                    if (out > HARMLESS && out / limits.ratio() > raw.count()) {
                        throw new TooLarge("it expands to more than " + limits.ratio() + " times its size");
                    }
                }
                return read;
            }
        };
    }
}
