package org.chartkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.chartkeeper.testing.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole application, killed while it starts: set-up, migration, demo data. */
@Tag("fault")
class StartCrashTests {

    private static final int ROUNDS = 12;

    @TempDir
    Path dataDir;

    @Test
    void killed_again_and_again_while_it_starts_it_starts_in_the_end() throws Exception {
        Random random = new Random(20261125);
        for (int round = 0; round < ROUNDS; round++) {
            try (ChildProcess child = start()) {
                Thread.sleep(500 + random.nextInt(15_000));
                child.kill();
            }
        }
        try (ChildProcess child = start()) {
            child.await(line -> line.contains("Chartkeeper is ready at"), 300);
            child.terminate();
        }
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    private ChildProcess start() throws Exception {
        return ChildProcess.start(
                ChartkeeperApplication.class,
                "--chartkeeper.data-dir=" + dataDir,
                "--server.port=0",
                "--spring.profiles.active=demo");
    }
}
