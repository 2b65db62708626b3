package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.chartkeeper.testing.ChildProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An import that is killed goes on by the same command, and nothing is in the record twice or missing. */
@Tag("fault")
class ImportCrashTests {

    private static final int ROUNDS = 4;
    private static final int MEGABYTES = 60;

    @TempDir
    private Path folder;

    private Path file;
    private long resources;
    private long observations;

    @BeforeEach
    void aLongFile() throws Exception {
        file = folder.resolve("long.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            NdjsonMaker.write(out, "crash", MEGABYTES * 1024L * 1024);
        }
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                resources++;
                observations += line.contains("\"resourceType\":\"Observation\"") ? 1 : 0;
            });
        }
    }

    @Test
    void killed_again_and_again_it_goes_on_where_it_stood_and_stores_everything_once() throws Exception {
        Random random = new Random(20261126);
        killAt("import: keeping", 0);
        int killed = 0;
        while (killed < ROUNDS && killAt("import: record", killed == 0 ? 0 : random.nextInt(2_500))) {
            killed++;
        }
        assertThat(killed).isPositive();

        JsonNode first = answer("import", "fhir", file.toString(), "--json");
        JsonNode again = answer("import", "fhir", file.toString(), "--json");
        JsonNode proof = answer("verify", "--json");

        assertThat(first.get("read").longValue()).isEqualTo(resources);
        assertThat(first.get("stored").longValue()).isEqualTo(resources);
        assertThat(again.get("unchanged").longValue()).isEqualTo(resources);
        assertThat(proof.get("findings")).isEmpty();
        assertThat(proof.get("entries").longValue()).isEqualTo(observations);
        assertThat(proof.get("versions").longValue()).isEqualTo(observations);
    }

    /** Kills an import some milliseconds after it said so; answers whether it was still at work. */
    private boolean killAt(String said, int millis) throws Exception {
        try (ChildProcess child = start("import", "fhir", file.toString(), "--json")) {
            child.await(line -> line.startsWith(said) || line.startsWith("{"), 300);
            Thread.sleep(millis);
            child.kill();
            return child.lines().stream().noneMatch(line -> line.startsWith("{"));
        }
    }

    private JsonNode answer(String... arguments) throws Exception {
        try (ChildProcess child = start(arguments)) {
            assertThat(child.exitStatus(300)).as("%s", child.lines()).isZero();
            return Fhir.JSON.readTree(child.lines().stream()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private ChildProcess start(String... arguments) throws Exception {
        return ChildProcess.verb(
                Stream.concat(Stream.of(arguments), Stream.of("--chartkeeper.data-dir=" + folder.resolve("data")))
                        .toArray(String[]::new));
    }
}
