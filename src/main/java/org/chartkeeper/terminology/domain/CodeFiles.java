package org.chartkeeper.terminology.domain;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Finds the files of codes in folders and archives, archives in archives too. Closing removes what was unpacked. */
class CodeFiles implements Closeable {

    private static final int HEAD = 1 << 16;
    private static final int DEPTH = 4;
    private static final int MOST_FILES = 20_000;
    private static final String UNREADABLE = "It cannot be read: no permission, or the disk is at fault.";

    private final List<ZipFile> archives = new ArrayList<>();
    private final List<Path> unpacked = new ArrayList<>();
    private final List<Source> found = new ArrayList<>();

    /** Opens a file; may be asked more than once. */
    interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * A file that was found.
     *
     * @param name as reports name it, an exclamation mark before what is inside an archive
     * @param names of the file, the archives and the folders that it is in, nearest first
     * @param named whether the user named the file itself
     * @param workbook the archive that is a workbook, null where it is none
     * @param size in bytes, unpacked; 0 where that is not known
     * @param trouble why nothing of it can be read, null where it can
     */
    record Source(
            String name,
            List<String> names,
            boolean named,
            @Nullable Opener opener,
            @Nullable ZipFile workbook,
            long size,
            @Nullable BadFile trouble) {

        byte[] head() throws IOException {
            if (opener == null) {
                return new byte[0];
            }
            try (InputStream in = opener.open()) {
                return in.readNBytes(HEAD);
            }
        }
    }

    List<Source> find(List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                folder(path.toRealPath());
            } else {
                file(path, path.getFileName().toString(), List.of(), true);
            }
        }
        return List.copyOf(found);
    }

    /** What may not be read in it is told like a file, and the others are found all the same. */
    private void folder(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path closed, IOException why) {
                add(trouble(folder.relativize(closed).toString(), List.of(), new BadFile(UNREADABLE)));
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparing(Path::toString));
        for (Path file : files) {
            file(file, folder.relativize(file).toString(), around(folder, file), false);
        }
    }

    /** The folders that a file is in, up to the one that was named. */
    private static List<String> around(Path folder, Path file) {
        List<String> around = new ArrayList<>();
        for (Path each = file.getParent(); each != null && each.startsWith(folder); each = each.getParent()) {
            around.add(name(each));
        }
        return around;
    }

    /** An uploaded file, whose place on disk has nothing to do with its name. */
    List<Source> find(Path path, String name) throws IOException {
        file(path, name, List.of(), true);
        return List.copyOf(found);
    }

    private static String name(@Nullable Path path) {
        Path last = path == null ? null : path.getFileName();
        return last == null ? "" : last.toString();
    }

    private void file(Path path, String name, List<String> around, boolean named) throws IOException {
        List<String> names = with(Path.of(name).getFileName().toString(), around);
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(4);
        } catch (IOException closed) {
            add(trouble(name, names, new BadFile(UNREADABLE)));
            return;
        }
        if (Recogniser.isArchive(head)) {
            archive(path, name, names, named, 1);
        } else {
            add(new Source(name, names, named, () -> Files.newInputStream(path), null, Files.size(path), null));
        }
    }

    private void add(Source source) {
        if (found.size() < MOST_FILES) {
            found.add(source);
        } else if (found.size() == MOST_FILES) {
            found.add(trouble(
                    source.name,
                    source.names,
                    new BadFile("From here on nothing is read: there are more than " + MOST_FILES + " files.")));
        }
    }

    private static List<String> with(String nearest, List<String> around) {
        List<String> names = new ArrayList<>(List.of(nearest));
        names.addAll(around);
        return List.copyOf(names);
    }

    private void archive(Path path, String name, List<String> names, boolean named, int depth) throws IOException {
        ZipFile zip;
        try {
            // Names that are not marked as UTF-8 are in some other code page: one that takes any byte.
            zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
        } catch (ZipException unopened) {
            boolean locked = String.valueOf(unopened.getMessage()).contains("encrypted");
            add(trouble(
                    name,
                    names,
                    new BadFile(
                            locked
                                    ? "The archive is locked with a password; unpack it and load what is in it."
                                    : "The archive is cut or damaged.")));
            return;
        }
        archives.add(zip);
        if (Xlsx.isWorkbook(zip)) {
            add(new Source(name, names, named, () -> Files.newInputStream(path), zip, Files.size(path), null));
            return;
        }
        List<? extends ZipEntry> entries = zip.stream()
                .filter(entry -> !entry.isDirectory())
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        if (entries.isEmpty()) {
            add(new Source(name, names, named, null, null, 0, BadFile.other("The archive is empty.")));
        }
        for (ZipEntry entry : entries) {
            entry(zip, entry, name + "!" + entry.getName(), names, depth);
        }
    }

    private static Source trouble(String name, List<String> names, BadFile why) {
        return new Source(name, names, false, null, null, 0, why);
    }

    private void entry(ZipFile zip, ZipEntry entry, String name, List<String> around, int depth) throws IOException {
        List<String> names = Stream.concat(
                        List.of(entry.getName().split("[/\\\\]+")).reversed().stream(), around.stream())
                .toList();
        Opener opener = () -> new BufferedInputStream(new Guarded(zip, entry));
        try {
            byte[] head;
            try (InputStream in = opener.open()) {
                head = in.readNBytes(4);
            }
            if (!Recogniser.isArchive(head)) {
                add(new Source(name, names, false, opener, null, Math.max(0, entry.getSize()), null));
            } else if (depth >= DEPTH) {
                add(trouble(name, names, BadFile.other("Archives are opened " + DEPTH + " deep and no deeper.")));
            } else {
                Path copy = Files.createTempFile("codes-", ".zip");
                unpacked.add(copy);
                try (InputStream in = opener.open()) {
                    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                archive(copy, name, names, false, depth + 1);
            }
        } catch (Guarded.TooLarge bomb) {
            add(trouble(name, names, new BadFile("It is refused unread: " + bomb.getMessage() + ".")));
        } catch (ZipException damaged) {
            add(trouble(name, names, new BadFile("The archive is cut or damaged here.")));
        }
    }

    @Override
    public void close() {
        for (ZipFile zip : archives) {
            try {
                zip.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (Path copy : unpacked) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
