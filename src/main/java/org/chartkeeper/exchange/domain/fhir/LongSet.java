package org.chartkeeper.exchange.domain.fhir;

/** A set of hashes of a bounded size: what comes after it is full is forgotten. */
final class LongSet {

    private final int most;
    private long[] slots = new long[1 << 12];
    private int size;
    private boolean zero;

    LongSet(int most) {
        this.most = most;
    }

    /** False where it is there already. */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        int at = place(slots, value);
        if (slots[at] == value) {
            return false;
        }
        if (size >= most) {
            return true;
        }
        slots[at] = value;
        size++;
        if (size * 3L > slots.length * 2L) {
            grow();
        }
        return true;
    }

    private static int place(long[] slots, long value) {
        int mask = slots.length - 1;
        int at = (int) (value ^ (value >>> 32)) & mask;
        while (slots[at] != 0 && slots[at] != value) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] wider = new long[slots.length * 2];
        for (long value : slots) {
            if (value != 0) {
                wider[place(wider, value)] = value;
            }
        }
        slots = wider;
    }
}
