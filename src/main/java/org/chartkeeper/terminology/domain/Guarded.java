package org.chartkeeper.terminology.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream out of an archive that ends with a refusal where it grows beyond what any published file does. */
class Guarded extends FilterInputStream {

    /** Files that large are too few to be worth a look at how they are compressed. */
    private static final long HARMLESS = 64L << 20;

    private static final int RATIO = 200;

    private final long most;
    private long count;

    /** @param compressed size in the archive; below zero where it is not known */
    Guarded(InputStream in, long compressed, long limit) {
        super(in);
        this.most = compressed < 0 ? limit : Math.min(limit, Math.max(HARMLESS, compressed * RATIO));
    }

    /** The archive expands to more than any published one. */
    static class TooLarge extends IOException {
        TooLarge() {
            super("it expands beyond what any published file does");
        }
    }

    private void count(long more) throws TooLarge {
        count += Math.max(0, more);
        if (count > most) {
            throw new TooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        count(read);
        return read;
    }
}
