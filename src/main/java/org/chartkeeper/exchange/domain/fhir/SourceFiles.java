package org.chartkeeper.exchange.domain.fhir;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.chartkeeper.platform.ContentStore;
import org.jspecify.annotations.Nullable;

/** Finds the files of an import and keeps each whole in the content store before anything of it is read. */
final class SourceFiles {

    private static final List<String> ENDINGS = List.of(".json", ".ndjson", ".jsonl", ".fhir");
    private static final int MOST_MEMBERS = 100_000;

    private final ContentStore store;
    private final Expanded.Limits limits;

    SourceFiles(ContentStore store, Expanded.Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * A file that was kept.
     *
     * @param name as it is reported; of a file in an archive {@code ARCHIVE/MEMBER}
     * @param problem why nothing of it can be read, null where it can
     */
    record Kept(
            String name, String sha256, long size, @Nullable String problem) {}

    /** What was found before it is kept: a path and the name that it is reported by. */
    record Found(Path path, String name) {}

    /**
     * The files that paths stand for, in the order of their names: a file stands for itself, a folder for those below it
     * whose names say JSON, NDJSON or an archive.
     */
    static List<Found> find(List<Path> paths) throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                found.add(new Found(path, path.toString()));
                continue;
            }
            try (Stream<Path> below = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
                below.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .filter(file -> taken(file.getFileName().toString())
                                || archive(file.getFileName().toString()))
                        .sorted()
                        .forEach(file -> found.add(new Found(file, file.toString())));
            }
        }
        return found;
    }

    private static boolean taken(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        return ENDINGS.stream().anyMatch(plain::endsWith);
    }

    private static boolean archive(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** Keeps a file; of a zip archive its members, each by itself. */
    List<Kept> keep(Found file) throws IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            return keep(file.name(), in);
        }
    }

    List<Kept> keep(String name, InputStream content) throws IOException {
        Expanded.Counting raw = new Expanded.Counting(content);
        BufferedInputStream in = new BufferedInputStream(raw, 64 * 1024);
        in.mark(8);
        byte[] head = in.readNBytes(4);
        in.reset();
        if (head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return members(name, in, raw);
        }
        ContentStore.Stored stored = store.put(in);
        return List.of(new Kept(name, stored.sha256(), stored.size(), null));
    }

    private List<Kept> members(String archive, InputStream in, Expanded.Counting raw) throws IOException {
        List<Kept> kept = new ArrayList<>();
        String problem = "the archive holds no JSON or NDJSON file";
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            InputStream guarded = Expanded.guarded(zip, raw, limits);
            for (ZipEntry member = zip.getNextEntry(); member != null; member = zip.getNextEntry()) {
                String name = member.getName();
                String last = name.substring(name.lastIndexOf('/') + 1);
                if (member.isDirectory() || last.startsWith(".") || name.startsWith("__MACOSX/") || !taken(last)) {
                    continue;
                }
                if (kept.size() >= MOST_MEMBERS) {
                    throw new Expanded.TooLarge("it holds more than " + MOST_MEMBERS + " files");
                }
                ContentStore.Stored stored = store.put(new FilterInputStream(guarded) {
                    @Override
                    public void close() {
                        // the archive goes on behind this member
                    }
                });
                kept.add(new Kept(archive + "/" + name, stored.sha256(), stored.size(), null));
            }
        } catch (Expanded.TooLarge e) {
            kept.clear();
            problem = "refused whole: " + e.getMessage();
        } catch (ZipException | java.io.EOFException e) {
            problem = "the archive is damaged and cannot be read beyond this place";
            return broken(archive, kept, problem);
        }
        return kept.isEmpty() ? broken(archive, kept, problem) : kept;
    }

    /** Stands for what could not be read: an empty content with the reason. */
    private List<Kept> broken(String archive, List<Kept> kept, String problem) throws IOException {
        ContentStore.Stored nothing = store.put(InputStream.nullInputStream());
        List<Kept> all = new ArrayList<>(kept);
        all.add(new Kept(archive, nothing.sha256(), 0, problem));
        return all;
    }
}
