package org.chartkeeper.platform.domain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.NotFound;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Files compressed by gzip under {@code DATADIR/content/ab/cd/HASH.gz}. Written beside, synced and renamed, so that a
 * file is there whole or not at all; several nodes may share the folder.
 */
@Service
class FileContentStore implements ContentStore {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;

    private final Path root;

    FileContentStore(@Value("${chartkeeper.data-dir:./data}") Path dataDir) {
        this.root = dataDir.toAbsolutePath().normalize().resolve("content");
    }

    @Override
    public Stored put(InputStream content) throws IOException {
        Path incoming = Files.createDirectories(root.resolve("incoming"));
        Path unfinished = incoming.resolve(UUID.randomUUID().toString());
        try {
            Stored stored = write(content, unfinished);
            Path place = place(stored.sha256());
            if (!Files.exists(place)) {
                Files.createDirectories(place.getParent());
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Path second = root.resolve(stored.sha256().substring(0, 2));
                sync(second.resolve(stored.sha256().substring(2, 4)));
                sync(second);
                sync(root);
            }
            return stored;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        if (!HASH.matcher(sha256).matches()) {
            throw new NotFound("no content " + sha256);
        }
        try {
            return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(place(sha256)), BUFFER), BUFFER);
        } catch (NoSuchFileException absent) {
            throw new NotFound("no content " + sha256);
        }
    }

    private static Stored write(InputStream content, Path file) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // Closing the compressed stream would close the channel before it is synced.
            OutputStream raw = Channels.newOutputStream(channel);
            GZIPOutputStream packed = new GZIPOutputStream(raw, BUFFER);
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
                packed.write(buffer, 0, read);
                size += read;
            }
            packed.finish();
            channel.force(true);
        }
        return new Stored(HexFormat.of().formatHex(digest.digest()), size);
    }

    private Path place(String sha256) {
        return root.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256 + ".gz");
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
