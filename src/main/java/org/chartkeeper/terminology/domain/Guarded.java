package org.chartkeeper.terminology.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file out of an archive: it ends with a refusal where it grows beyond what any published file does, or where its
 * bytes are not those that the archive was made of, which the JDK does not look at.
 */
class Guarded extends FilterInputStream {

    /** Files that large are too few to be worth a look at how they are compressed. */
    private static final long HARMLESS = 64L << 20;

    private static final int RATIO = 200;

    /** The whole of RxNorm or SNOMED CT, unpacked, with room to grow. */
    private static final long LARGEST = 8L << 30;

    private final ZipEntry entry;
    private final CRC32 sum = new CRC32();
    private final long most;
    private long count;

    Guarded(ZipFile zip, ZipEntry entry) throws IOException {
        super(zip.getInputStream(entry));
        this.entry = entry;
        long compressed = entry.getCompressedSize();
        this.most = compressed < 0 ? LARGEST : Math.min(LARGEST, Math.max(HARMLESS, compressed * RATIO));
    }

    /** The archive expands to more than any published one. */
    static class TooLarge extends IOException {
        TooLarge() {
            super("it expands beyond what any published file does");
        }
    }

    private void count(long more) throws IOException {
        count += Math.max(0, more);
        if (count > most) {
            throw new TooLarge();
        }
        if (more < 0 && entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
            throw new ZipException("the bytes do not have the sum that the archive states");
        }
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            sum.update(one);
        }
        count(one < 0 ? -1 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = super.read(target, from, length);
        if (read > 0) {
            sum.update(target, from, read);
        }
        count(read);
        return read;
    }
}
