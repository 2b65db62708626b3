package org.chartkeeper.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of the embedded server, unpacked from the class path into the data folder once per version. */
final class Binaries {

    private static final int OWNER_EXECUTES = 0100;

    private Binaries() {}

    /**
     * Unpacks into a sibling folder and renames, so that a kill leaves nothing half-done under the final name.
     *
     * @return the folder that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path dataDir) throws IOException {
        String resource = "/postgres-" + system() + "-" + processor() + ".txz";
        try (InputStream packed = Binaries.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new ServerUnavailable("No embedded PostgreSQL is shipped for " + System.getProperty("os.name")
                        + " on " + System.getProperty("os.arch") + ". Point spring.datasource.url, .username and"
                        + " .password at a PostgreSQL server (15 or newer) of your own.");
            }
            byte[] archive = packed.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(archive);
            Path home = dataDir.resolve("programs-" + HexFormat.of().toHexDigits((int) sum.getValue()));
            if (Files.isDirectory(home)) {
                return home;
            }
            Path unfinished = dataDir.resolve(home.getFileName() + ".new");
            Folders.delete(unfinished);
            Files.createDirectories(unfinished);
            extract(archive, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            return home;
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new java.io.ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(target.resolve(entry.getLinkName()), file);
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & OWNER_EXECUTES) != 0) {
                        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
                        mode.add(PosixFilePermission.OWNER_EXECUTE);
                        mode.add(PosixFilePermission.GROUP_EXECUTE);
                        mode.add(PosixFilePermission.OTHERS_EXECUTE);
                        Files.setPosixFilePermissions(file, mode);
                    }
                }
            }
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch");
        };
    }
}
