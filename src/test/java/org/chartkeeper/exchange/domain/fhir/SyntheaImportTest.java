package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real bundles of synthetic patients, read where they lie beside the project. */
@ChartkeeperTest
class SyntheaImportTest {

    private static final Path SYNTHEA = Path.of("../shared/data/synthea");

    @Autowired
    private ImportVerb verb;

    @Autowired
    private JdbcClient database;

    @TempDir
    private Path folder;

    private Importing importing;

    @BeforeEach
    void dataAreThere() {
        Assumptions.assumeTrue(Files.isDirectory(SYNTHEA), "no synthetic patients beside the project: skipped");
        importing = new Importing(verb, folder);
    }

    /** A copy of a bundle whose patient no other test has: all ids end differently. */
    private Path own(Path bundle) throws IOException {
        Path copy = folder.resolve(bundle.getFileName());
        String mark = importing.id.substring(0, 4);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(bundle));
                GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(copy))) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            out.write(text.replaceAll("(\"value\": ?\"[^\"]*)([0-9a-zA-Z]{4}\")", "$1" + mark + "\"")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return copy;
    }

    private static List<Path> bundles() throws IOException {
        try (var files = Files.list(SYNTHEA)) {
            return files.filter(file -> file.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList();
        }
    }

    private static Path named(String part) throws IOException {
        return bundles().stream()
                .filter(file -> file.getFileName().toString().contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_handful_of_patients_goes_in_with_every_reference_resolved_and_a_second_run_changes_nothing()
            throws IOException {
        Path[] files = {
            own(named("Vince741")),
            own(named("Andre610")),
            own(named("Jasper743")),
            named("practitionerInformation"),
            named("hospitalInformation")
        };

        Importing.Answer first = importing.run(files);
        Importing.Answer second = importing.run(files);

        assertThat(first.addsUp()).isTrue();
        assertThat(first.reasons()).isEmpty();
        assertThat(first.count("stored")).isEqualTo(first.read());
        assertThat(second.count("unchanged")).isEqualTo(first.read());
        assertThat(second.status()).isZero();
    }

    @Test
    @Tag("bench")
    void all_patients_go_in_and_a_second_run_changes_nothing() throws IOException {
        List<Path> files = new ArrayList<>(bundles());

        Importing.Answer first = importing.run(files.toArray(Path[]::new));
        Importing.Answer second = importing.run(files.toArray(Path[]::new));

        System.out.printf(
                Locale.ROOT,
                "import of %d files: %d resources, %.0f/s; again: %.0f/s%n",
                files.size(),
                first.read(),
                first.json().get("perSecond").doubleValue(),
                second.json().get("perSecond").doubleValue());
        assertThat(first.json().get("files").intValue()).isEqualTo(122);
        assertThat(first.addsUp()).isTrue();
        assertThat(first.count("refused")).isZero();
        assertThat(first.reasons()).isEmpty();
        assertThat(second.count("unchanged")).isEqualTo(first.read());
    }

    @Test
    @Tag("bench")
    void a_long_ndjson_goes_in() throws IOException {
        Path file = folder.resolve("long.ndjson");
        long megabytes = Long.getLong("import.bench.megabytes", 300);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            NdjsonMaker.write(out, importing.id, megabytes * 1024 * 1024);
        }

        Importing.Answer answer = importing.run(file);

        System.out.printf(
                Locale.ROOT,
                "import of %d MB NDJSON: %d resources, %.0f/s%n",
                Files.size(file) / (1024 * 1024),
                answer.read(),
                answer.json().get("perSecond").doubleValue());
        assertThat(answer.count("stored")).isEqualTo(answer.read());
        assertThat(database.sql("select count(*) from import_run where source = ? and state = 'done'")
                        .param(importing.source)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
