package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures the search of codes over all public releases: how often it is right, and how long it takes. */
@Tag("bench")
@ChartkeeperTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeSearchBenchTest {

    private static final LocalDate DAY = LocalDate.of(2025, 3, 1);

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeSets codeSets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeLookup lookup;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CurrentActor actors;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    ApplicationEventPublisher events;

    @BeforeAll
    void load() {
        CodeFixtures.needData();
        CodeFixtures.forget(database, events);
        actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(List.of(CodeFixtures.DATA), null, report -> {});
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @AfterAll
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private record Asked(String query, String code) {}

    private static List<Asked> sample() throws IOException {
        List<Asked> asked = new ArrayList<>();
        for (String line :
                Files.readAllLines(Path.of(CodeFixtures.DATA.toString(), "icd10cm/index-queries-sample.csv"))) {
            List<String> fields = Delimited.fields(line, ',', true);
            if (!fields.get(0).equals("query")) {
                asked.add(new Asked(fields.get(0), IcdCode.bare(fields.get(1))));
            }
        }
        return asked;
    }

    @Test
    void the_right_code_is_among_the_first_and_found_in_milliseconds() throws IOException {
        List<Asked> sample = sample();
        for (Asked asked : sample.subList(0, 500)) {
            lookup.matches(null, asked.query, DAY, 10);
        }
        int five = 0;
        int ten = 0;
        List<String> missed = new ArrayList<>();
        for (Asked asked : sample) {
            List<CodeLookup.Match> found = lookup.matches(CodeSystem.ICD10CM, asked.query, DAY, 10);
            int place = place(found, asked.code);
            five += place < 5 ? 1 : 0;
            ten += place < 10 ? 1 : 0;
            if (place >= 10) {
                missed.add(asked.query + " -> " + asked.code + " "
                        + found.stream().map(match -> match.code().code()).toList());
            }
        }
        long[] nanos = new long[sample.size()];
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            lookup.matches(null, sample.get(i).query, DAY, 12);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "code search: %,d phrases, right code, its parent or child among the first 5: %.1f %%, first 10: %.1f %%%n",
                sample.size(),
                100.0 * five / sample.size(),
                100.0 * ten / sample.size());
        System.out.printf(
                Locale.ROOT,
                "code search over all loaded systems: median %.1f ms, 95th percentile %.1f ms, 99th %.1f ms%n",
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.95)] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
        Files.write(Path.of("target/code-search-missed.txt"), missed);
        assertThat(100.0 * five / sample.size()).isGreaterThanOrEqualTo(85);
        assertThat(100.0 * ten / sample.size()).isGreaterThanOrEqualTo(92);
    }

    @ParameterizedTest
    @CsvSource({"spoken-phrases.txt, ICD10CM", "lay-phrases.txt, ICD10CM", "spoken-procedures.txt, ICD10PCS"})
    void what_people_type_leads_to_what_they_mean(String phrases, CodeSystem system) throws IOException {
        List<String> missed = new ArrayList<>();
        int all = 0;
        for (String line : Files.readAllLines(Path.of("src/test/resources/terminology", phrases))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] sides = line.split(" = ");
            all++;
            List<String> found = lookup.matches(system, sides[0], DAY, 5).stream()
                    .map(match -> match.code().code())
                    .toList();
            List<String> meant = List.of(sides[1].split("\\|"));
            if (found.stream().noneMatch(code -> meant.stream().anyMatch(code::startsWith))) {
                missed.add(sides[0] + " -> " + sides[1] + " " + found);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "code search: %s of %s, %d, what is meant among the first 5: %.1f %%; missed %s%n",
                phrases,
                system,
                all,
                100.0 * (all - missed.size()) / all,
                missed);
        assertThat(missed).hasSizeLessThanOrEqualTo(all / 20);
    }

    private static int place(List<CodeLookup.Match> found, String right) {
        for (int i = 0; i < found.size(); i++) {
            String code = IcdCode.bare(found.get(i).code().code());
            boolean near = code.equals(right)
                    || code.startsWith(right) && code.length() == right.length() + 1
                    || right.startsWith(code) && right.length() == code.length() + 1;
            if (near) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }
}
