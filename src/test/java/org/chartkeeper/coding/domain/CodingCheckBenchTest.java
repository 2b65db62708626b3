package org.chartkeeper.coding.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.domain.CodeFixtures;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures the check of a long case over all public releases. */
@Tag("bench")
@ChartkeeperTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodingCheckBenchTest {

    private static final List<String> DIAGNOSES = List.of(
            "A41.51",
            "R65.20",
            "J96.01",
            "N17.9",
            "I13.0",
            "I50.33",
            "N18.31",
            "E11.22",
            "E11.40",
            "E11.319",
            "E11.65",
            "I48.0",
            "J44.1",
            "J18.9",
            "D62",
            "E87.1",
            "E87.6",
            "K21.9",
            "E78.5",
            "I25.10",
            "I25.2",
            "Z95.5",
            "F17.210",
            "F33.1",
            "G47.33",
            "E66.813",
            "Z68.41",
            "M17.11",
            "L89.153",
            "N39.0",
            "B96.20",
            "Z79.4",
            "Z79.01",
            "Z79.82",
            "Z91.148",
            "Z88.0",
            "S72.001A",
            "W01.0XXA",
            "Y92.010",
            "T40.2X5A");

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodeSets codeSets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    CodingCheck check;

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
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterAll
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private static CodingCase of(String last) {
        return CaseJson.read("{\"cases\":[{\"id\":\"long\",\"class\":\"inpatient\",\"admitted\":\"2025-10-02\","
                        + "\"discharged\":\"2025-10-12\",\"patient\":{\"born\":\"1950-02-03\",\"sex\":\"female\"},"
                        + "\"diagnoses\":["
                        + DIAGNOSES.subList(0, DIAGNOSES.size() - 1).stream()
                                .map(code -> "{\"code\":\"" + code + "\",\"poa\":\"Y\",\"role\":\""
                                        + (code.equals("A41.51") ? "principal" : "secondary") + "\"}")
                                .collect(Collectors.joining(","))
                        + ",{\"code\":\"" + last + "\",\"role\":\"secondary\"}],"
                        + "\"procedures\":[{\"system\":\"icd10pcs\",\"code\":\"0SR9019\",\"on\":\"2025-10-04\"}]}]}")
                .get(0);
    }

    @Test
    void a_case_of_forty_codes_is_checked_again_after_each_change() {
        long begun = System.nanoTime();
        check.check(of("T40.2X5A"));
        long first = System.nanoTime() - begun;
        long[] nanos = new long[200];
        int findings = 0;
        for (int i = 0; i < nanos.length; i++) {
            CodingCase changed = of(i % 2 == 0 ? "T40.2X5A" : "R50.9");
            begun = System.nanoTime();
            findings = check.check(changed).size();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "check of %d codes: first %.1f ms, then median %.1f ms, 95th percentile %.1f ms; %d findings%n",
                DIAGNOSES.size() + 1,
                first / 1e6,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 95 / 100] / 1e6,
                findings);
        assertThat(findings).isPositive();
    }
}
