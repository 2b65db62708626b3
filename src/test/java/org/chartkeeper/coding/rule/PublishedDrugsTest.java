package org.chartkeeper.coding.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.terminology.CodeSets;
import org.chartkeeper.terminology.DrugBook;
import org.chartkeeper.terminology.domain.CodeFixtures;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rules on prescriptions over the published table of RxCUI and NDC; skipped where it is not beside the checkout. */
@ChartkeeperTest
class PublishedDrugsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    /** A rule, what it says ("quiet" where nothing), and the fields of a case and of its prescription. */
    private static final List<String> CASES = """
            RX-02 H | | 'ndc':'0071015523'
            RX-02 quiet | | 'ndc':'00071015523'
            RX-06 R | | 'ndc':'00641607325','text':'morphine sulfate 15 MG Oral Tablet'
            RX-10 R | | 'rxnorm':'29046'
            RX-10 quiet | | 'rxnorm':'314076'
            RX-10 quiet | | 'rxnorm':'748962'
            RX-12 R | | 'ndc':'00071-0155-23','rxnorm':'314076'
            RX-12 R | | 'ndc':'00310075139','rxnorm':'859753'
            RX-12 R | | 'ndc':'43353-023-60','rxnorm':'312961'
            RX-12 quiet | | 'ndc':'0310-0752-39','rxnorm':'859753'
            RX-12 quiet | | 'ndc':'43353-023-60','rxnorm':'855332'
            RX-13 W | | 'rxnorm':'197361','text':'amlodipine 10'
            RX-13 W | | 'rxnorm':'312961','text':'simvastatin 40 MG Oral Tablet'
            RX-13 quiet | | 'rxnorm':'1049221','text':'Percocet 5/325 mg'
            RX-13 quiet | | 'rxnorm':'198335','text':'Bactrim DS 800-160'
            RX-13 quiet | | 'rxnorm':'854235','text':'enoxaparin 40 mg/0.4 mL'
            RX-21 H | | 'ndc':'43353002360','route':'6064005'
            RX-21 quiet | | 'ndc':'43353002360','route':'26643006'
            RX-24 R | | 'ndc':'43353002360','sig':'1 tab BID','quantity':30,'days':30
            RX-24 quiet | | 'rxnorm':'748962','sig':'1 tab daily','quantity':1,'days':28
            RX-27 H | | 'rxnorm':'105585','sig':'3 tabs daily'
            RX-27 quiet | | 'rxnorm':'105585','sig':'6 tabs once weekly'
            CS-01 H | | 'ndc':'35356-0090-14','refills':2
            CS-01 H | | 'rxnorm':'857005','refills':1
            CS-03 H | | 'ndc':'55700086424','refills':6
            CS-03 quiet | | 'ndc':'55700086424','refills':5
            AL-01 R | 'allergies':[{'text':'warfarin'}] | 'ndc':'43353002360'
            AL-02 R | 'allergies':[{'text':'sulfonamide antibiotic'}] | 'ndc':'00093-0089-01'
            AL-02 quiet | 'allergies':[{'text':'sulfonamide antibiotic','status':'refuted'}] | 'ndc':'00093-0089-01'
            DT-01 R | 'activeMedications':[{'rxnorm':'314077'}] | 'rxnorm':'314076'
            DD-02 W | 'activeMedications':[{'rxnorm':'855332'}] | 'ndc':'00093-0089-01'
            RN-01 R | 'egfr':20 | 'rxnorm':'860975'
            RN-01 quiet | 'egfr':80 | 'rxnorm':'860975'
            """.lines().toList();

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private CodeSets codeSets;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private DrugBook drugs;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private CurrentActor actors;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ApplicationEventPublisher events;

    @BeforeEach
    @AfterEach
    void forget() {
        CodeFixtures.forget(database, events);
    }

    private void load(Path... paths) {
        actors.asSystem(FacilityId.next(), () -> {
            try {
                return codeSets.load(Arrays.asList(paths), null, report -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static CodingCase written(String fields, String prescription) {
        return CaseJson.read(("{'cases':[{'id':'c'" + (fields.isEmpty() ? "" : "," + fields) + ",'prescriptions':[{"
                                + prescription + "}]}]}")
                        .replace('\'', '"'))
                .get(0);
    }

    @Test
    void each_case_is_told_as_the_rule_book_has_it_and_its_repair_holds() {
        CodeFixtures.needData();
        load(CodeFixtures.DATA.resolve("drugs"));
        Checker checker = new Checker(Rules.all(), BookFixture.anyCode(), drugs);

        assertThat(CASES).allSatisfy(line -> {
            String[] parts = Stream.of(line.split("\\|")).map(String::strip).toArray(String[]::new);
            String rule = parts[0].split(" ")[0];
            String expected = parts[0].split(" ")[1];
            CodingCase coded = written(parts[1], parts[2]);
            List<Finding> said = of(rule, checker.check(coded, TODAY));
            if (expected.equals("quiet")) {
                assertThat(said).isEmpty();
                return;
            }
            assertThat(said).extracting(Finding::severity).contains(Severity.valueOf(expected));
            assertThat(said).extracting(Finding::item).containsOnly("prescriptions[0]");
            for (Finding finding : said) {
                if (finding.repair() != null) {
                    assertThat(of(rule, checker.check(CaseJson.apply(coded, finding.repair()), TODAY)))
                            .isEmpty();
                }
            }
        });
    }

    private static List<Finding> of(String rule, List<Finding> findings) {
        return findings.stream()
                .filter(one -> one.rule().equals(rule))
                .filter(one -> !one.message().startsWith(Report.NOT_CHECKED))
                .toList();
    }
}
