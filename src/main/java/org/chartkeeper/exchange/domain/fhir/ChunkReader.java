package org.chartkeeper.exchange.domain.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.chartkeeper.exchange.domain.fhir.Run.Position;
import org.chartkeeper.exchange.domain.fhir.Run.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pass of a run ahead, in a thread of its own, while the piece before is written. At most a few pieces are held.
 */
final class ChunkReader implements AutoCloseable {

    /** Resources of a piece: what a transaction holds. */
    static final int MOST_ITEMS = 1_500;

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int AHEAD = 2;

    /** Opens a stored file. */
    interface Opener {
        InputStream open(SourceFile file) throws IOException;
    }

    private record Delivery(@Nullable Chunk chunk, @Nullable Throwable fault) {}

    private final Run run;
    private final Pass pass;
    private final Opener opener;
    private final Expanded.Limits limits;
    private final Map<Integer, BitSet> only;
    private final Preparer preparer;
    private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;

    private List<Incoming> items = new ArrayList<>();
    private long itemBytes;

    /** @param only for the last pass: which entries of a file are wanted; null for none */
    ChunkReader(Run run, Position from, ZoneId zone, Opener opener, Expanded.Limits limits, Map<Integer, BitSet> only) {
        this.run = run;
        this.pass = from.pass();
        this.opener = opener;
        this.limits = limits;
        this.only = only;
        this.preparer = new Preparer(zone);
        this.thread = new Thread(() -> work(from), "import-reader");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** The next piece; null at the end of the pass. */
    @Nullable
    Chunk next() throws IOException {
        try {
            Delivery delivery = queue.take();
            Throwable fault = delivery.fault();
            if (fault instanceof IOException io) {
                throw io;
            }
            if (fault != null) {
                throw new IllegalStateException("reading failed", fault);
            }
            return delivery.chunk();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void work(Position from) {
        try {
            try {
                for (SourceFile file : run.files()) {
                    if (file.ordinal() >= from.file() && (pass != Pass.DEFERRED || only.get(file.ordinal()) != null)) {
                        read(file, file.ordinal() == from.file() ? from.entry() : 0);
                    }
                }
                deliver(new Position(pass, run.files().size() + 1, 0), run.bytes());
                queue.put(new Delivery(null, null));
            } catch (IOException | RuntimeException | Error fault) {
                queue.put(new Delivery(null, fault));
            }
        } catch (InterruptedException e) {
            // Closed: nobody waits for more.
            Thread.currentThread().interrupt();
        }
    }

    private void read(SourceFile file, int done) throws IOException, InterruptedException {
        preparer.newFile();
        long before = run.bytesBefore(file.ordinal());
        if (file.problem() != null) {
            if (pass.wantsUnknown() && done == 0) {
                add(Incoming.refused(file.ordinal(), 1, null, file.problem()), 0, before);
            }
            return;
        }
        BitSet wanted = pass == Pass.DEFERRED ? only.get(file.ordinal()) : null;
        int last = 0;
        try (InputStream stored = opener.open(file)) {
            Expanded.Counting raw = new Expanded.Counting(stored);
            try {
                ResourceReader reader = new ResourceReader(
                        Expanded.of(raw, limits), file.namedLines(), pass::wants, pass.wantsUnknown());
                for (Met met = reader.next(); met != null; met = reader.next()) {
                    last = met.entry();
                    if (wanted != null && !wanted.get(met.entry())) {
                        continue;
                    }
                    Incoming incoming = preparer.prepare(file.ordinal(), met, wanted != null);
                    if (met.entry() > done) {
                        add(incoming, met.bytes(), before + raw.count());
                    }
                }
                if (reader.number() == 0
                        && !file.namedLines()
                        && pass.wantsUnknown()
                        && done == 0
                        && raw.count() == 0) {
                    add(Incoming.refused(file.ordinal(), 1, null, "the file is empty"), 0, before);
                }
            } catch (Expanded.TooLarge e) {
                damaged(file, last, done, String.valueOf(e.getMessage()), before);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                damaged(file, last, done, "the file is damaged and cannot be read beyond this place", before);
            }
        }
    }

    private void damaged(SourceFile file, int last, int done, String reason, long bytes) throws InterruptedException {
        if (pass.wantsUnknown() && last >= done) {
            add(Incoming.refused(file.ordinal(), last + 1, null, reason), 0, bytes);
        }
    }

    private void add(Incoming incoming, int bytes, long read) throws InterruptedException {
        if (!items.isEmpty() && itemBytes + bytes > MOST_BYTES) {
            deliverItems(read);
        }
        items.add(incoming);
        itemBytes += bytes;
        if (items.size() >= MOST_ITEMS) {
            deliverItems(read);
        }
    }

    private void deliverItems(long read) throws InterruptedException {
        Incoming last = items.get(items.size() - 1);
        deliver(new Position(pass, last.file(), last.entry()), read);
    }

    private void deliver(Position end, long read) throws InterruptedException {
        queue.put(new Delivery(new Chunk(items, end, read), null));
        items = new ArrayList<>();
        itemBytes = 0;
    }
}
