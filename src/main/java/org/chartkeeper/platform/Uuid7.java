package org.chartkeeper.platform;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, section 5.7), rising within one process even in the same millisecond. */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static long lastMillis;
    private static int sequence;

    private Uuid7() {}

    /** The next id: 48 bits of Unix time in milliseconds, a 12-bit sequence, 62 random bits. */
    public static UUID next() {
        long millis;
        int part;
        synchronized (Uuid7.class) {
            long now = System.currentTimeMillis();
            if (now > lastMillis) {
                lastMillis = now;
                sequence = RANDOM.nextInt(0x400);
            } else if (++sequence > 0xfff) {
                lastMillis++;
                sequence = 0;
            }
            millis = lastMillis;
            part = sequence;
        }
        long high = (millis << 16) | 0x7000L | part;
        long low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
