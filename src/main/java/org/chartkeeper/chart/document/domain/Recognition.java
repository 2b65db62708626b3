package org.chartkeeper.chart.document.domain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Recognizes the words of a picture by Tesseract, where it is installed; a program beside ours, with a time of its own. */
@Component
class Recognition {

    private static final int PATIENCE = 90;
    private static final int LONGEST = 1_000_000;

    private final String program;
    private volatile @Nullable Boolean installed;

    Recognition(@Value("${chartkeeper.documents.tesseract:tesseract}") String program) {
        this.program = program;
    }

    /** Whether the program is there; asked once. */
    boolean installed() {
        Boolean known = installed;
        if (known == null) {
            known = answers();
            installed = known;
        }
        return known;
    }

    private boolean answers() {
        if (program.isBlank()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The words of a picture. */
    String read(byte[] png) throws IOException {
        Path picture = Files.createTempFile("chartkeeper-", ".png");
        Path words = Files.createTempFile("chartkeeper-", ".txt");
        try {
            Files.write(picture, png);
            Process process = new ProcessBuilder(List.of(program, picture.toString(), "stdout", "-l", "eng"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(words.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("recognition takes too long");
            }
            if (process.exitValue() != 0) {
                throw new IOException("recognition ended with " + process.exitValue());
            }
            try (var in = Files.newInputStream(words)) {
                return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(picture);
            Files.deleteIfExists(words);
        }
    }
}
