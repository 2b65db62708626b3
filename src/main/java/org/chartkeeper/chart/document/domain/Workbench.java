package org.chartkeeper.chart.document.domain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.chartkeeper.chart.document.PageImage;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Files while they are worked on: in a file of our own that nobody else can read and that is gone afterwards. Only a few
 * are drawn at the same time, whoever asks.
 */
@Component
class Workbench {

    private static final int AT_ONCE = 2;
    private static final int PATIENCE = 30;
    private static final int WIDEST = 2400;
    private static final int NARROWEST = 60;
    private static final int REMEMBERED = 2000;

    private final ContentStore store;
    private final Semaphore drawing = new Semaphore(AT_ONCE, true);
    private final Map<String, Integer> looked = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    });

    Workbench(ContentStore store) {
        this.store = store;
    }

    /** A file on the bench. */
    static final class OnBench implements AutoCloseable {

        final Path path;

        OnBench() throws IOException {
            // Readable by this account alone: createTempFile sees to it.
            path = Files.createTempFile("chartkeeper-", ".part");
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** What was copied onto the bench. {@code tooLarge}: it was more than allowed and was not read to its end. */
    record Copied(String sha256, long size, boolean tooLarge) {}

    /** Copies a stream, no more than allowed, and tells its hash. */
    Copied copy(InputStream from, OnBench to, long largest) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(to.path)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                size += read;
                if (size > largest) {
                    return new Copied("", size, true);
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return new Copied(HexFormat.of().formatHex(digest.digest()), size, false);
    }

    /** A kept file on the bench; its hash is verified on the way. */
    OnBench fetch(String sha256) throws IOException {
        OnBench bench = new OnBench();
        try (InputStream in = verified(sha256)) {
            Files.copy(in, bench.path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return bench;
        } catch (IOException | RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    /** What is kept under a hash; reading to its end fails where the content is another. */
    InputStream verified(String sha256) throws IOException {
        MessageDigest digest = sha256();
        return new DigestInputStream(new BufferedInputStream(store.open(sha256)), digest) {
            private boolean ended;

            @Override
            public int read() throws IOException {
                return check(super.read());
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return check(super.read(target, from, length));
            }

            private int check(int read) throws IOException {
                if (read < 0 && !ended) {
                    ended = true;
                    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                        throw new IOException("content of " + sha256 + " is not what was stored");
                    }
                }
                return read;
            }
        };
    }

    static FileKind kind(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return FileKind.of(in.readNBytes(FileKind.HEAD));
        }
    }

    /**
     * How many pages a file has; refuses what is damaged or could do harm. Its first page is drawn, so that nobody files
     * what nobody can see.
     */
    int inspect(Path file, FileKind kind) throws IOException {
        switch (kind) {
            case CDA -> {
                Cda.text(file);
                return 1;
            }
            case TEXT -> {
                PlainText.read(file);
                return 1;
            }
            default -> {
                int pages;
                try {
                    pages = kind == FileKind.PDF ? PdfGuard.inspect(file) : Pictures.pages(file, kind);
                    Completeness.check(file, kind);
                    draw(file, kind, 1, 200, 0);
                } catch (IOException damaged) {
                    throw Refusal.of("The file is damaged: its first page cannot be drawn.");
                }
                return pages;
            }
        }
    }

    /** Pages of a file that did not come in by the queue; 0 where none can be drawn. */
    int pages(Path file, FileKind kind) throws IOException {
        return kind == FileKind.PDF ? PdfGuard.inspect(file) : kind.drawn() ? Pictures.pages(file, kind) : 0;
    }

    /** The same of a file that is kept; files that were looked through lately are remembered. */
    int pagesOf(String sha256, FileKind kind) throws IOException {
        Integer known = looked.get(sha256);
        if (known == null) {
            try (OnBench file = fetch(sha256)) {
                known = pages(file.path, kind);
            }
            looked.put(sha256, known);
        }
        return known;
    }

    PageImage draw(Path file, FileKind kind, int page, int longest, int rotation) throws IOException {
        int width = Math.clamp(longest, NARROWEST, WIDEST);
        return drawing(() -> {
            java.awt.image.BufferedImage image;
            if (kind == FileKind.PDF) {
                try (PDDocument document = PdfGuard.open(file)) {
                    if (page > document.getNumberOfPages()) {
                        throw new org.chartkeeper.platform.NotFound("page " + page);
                    }
                    image = PdfPages.draw(document, page, width);
                }
            } else {
                image = Pictures.read(file, kind, page, width);
            }
            return new PageImage(Pictures.jpeg(Pictures.turned(image, rotation)), "image/jpeg");
        });
    }

    /** The words of a file, as far as they stand in it as text; null where only recognition could tell. */
    @Nullable
    String text(Path file, FileKind kind) throws IOException {
        return switch (kind) {
            case TEXT -> PlainText.read(file);
            case CDA -> Cda.text(file);
            case PDF ->
                drawing(() -> {
                    try (PDDocument document = PdfGuard.open(file)) {
                        return PdfPages.text(document);
                    }
                });
            default -> null;
        };
    }

    /** Work that takes memory, never more than a few at a time. */
    <T> T drawing(Drawing<T> work) throws IOException {
        boolean turn;
        try {
            turn = drawing.tryAcquire(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (!turn) {
            throw new Rejected("Many pages are being drawn at the moment. Try again.");
        }
        try {
            return work.draw();
        } finally {
            drawing.release();
        }
    }

    /** Something that is drawn. */
    interface Drawing<T> {
        T draw() throws IOException;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
