package org.chartkeeper.chart.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.CommandLineVerb;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The largest of the synthetic patients beside the project opens like one of the middle. */
@ChartkeeperTest
class LargestChartTests {

    private static final Path SYNTHEA = Path.of("../shared/data/synthea");
    private static final int MOST_STATEMENTS = 12;

    private static @Nullable Opened opened;

    @Autowired
    ApplicationContext context;

    @Autowired
    StatementCounter counter;

    @Autowired
    JdbcClient database;

    @Autowired
    Directory directory;

    @Autowired
    List<CommandLineVerb> verbs;

    /** Both charts, imported once for all tests. */
    private record Opened(Charts charts, PatientId large, PatientId middling) {}

    @BeforeEach
    void bothChartsAreThere() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(SYNTHEA), "no synthetic patients beside the project: skipped");
        if (opened == null) {
            List<Path> bySize = bySize();
            Charts charts = new Charts(context);
            opened = new Opened(
                    charts, imported(charts, bySize.getLast()), imported(charts, bySize.get(bySize.size() / 2)));
        }
    }

    private static List<Path> bySize() throws IOException {
        try (Stream<Path> files = Files.list(SYNTHEA)) {
            return files.filter(file -> file.toString().endsWith(".json.gz")
                            && !file.toString().contains("Information"))
                    .sorted(Comparator.comparingLong(file -> file.toFile().length()))
                    .toList();
        }
    }

    private PatientId imported(Charts charts, Path bundle) throws Exception {
        CommandLineVerb verb = verbs.stream()
                .filter(one -> one.words().equals("import fhir"))
                .findFirst()
                .orElseThrow();
        String facility = directory.facility(charts.house.here).orElseThrow().code();
        String source =
                "largest " + facility + " " + bundle.getFileName().toString().hashCode();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        int status = verb.run(
                List.of(bundle.toString(), "--source", source, "--facility", facility, "--json"), nowhere, nowhere);
        assertThat(status).isZero();
        return new PatientId(database.sql("select patient_id from patient_source where source = ?")
                .param(source)
                .query(UUID.class)
                .single());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/problems",
                "/medications",
                "/medications/given",
                "/allergies",
                "/immunizations",
                "/procedures",
                "/orders",
                "/care-plan",
                "/documents",
                "/notes",
                "/results",
                "/visits",
                "/timeline",
                "/history",
                "/other"
            })
    void a_page_of_the_largest_chart_takes_no_more_statements_than_that_of_a_middling_one(String path)
            throws Exception {
        Opened charts = Objects.requireNonNull(opened);
        String large = "/patients/" + charts.large + path;
        String middling = "/patients/" + charts.middling + path;
        List<String> few = counter.fewest(() -> page(middling));
        List<String> many = counter.fewest(() -> page(large));

        assertThat(many)
                .as(String.join("\n---\n", many))
                .hasSizeLessThanOrEqualTo(MOST_STATEMENTS)
                .hasSizeLessThanOrEqualTo(few.size());
    }

    private Document page(String path) throws Exception {
        return Objects.requireNonNull(opened).charts.page("records-specialist", path);
    }
}
