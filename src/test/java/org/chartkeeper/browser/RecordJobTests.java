package org.chartkeeper.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.chart.document.domain.Papers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Documents, outside records and bulk correction in a real browser, on charts that the other jobs do not touch. */
@ExtendWith(SharedDemo.class)
@EnabledIf(value = "org.chartkeeper.browser.Browser#isInstalled", disabledReason = Browser.WANTED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordJobTests {

    private static final Pattern CHART = Pattern.compile("/patients/[0-9a-f-]{36}$");

    private static final Pattern NUMBER = Pattern.compile("\\b\\d{4}-\\d{4}\\b");

    private RunningDemo demo;
    private Browser browser;
    private Person specialist;

    @BeforeAll
    void start(RunningDemo running) {
        demo = running;
        browser = Browser.start();
        specialist = browser.person(demo.address()).signIn("specialist");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Opens the chart of the first who is found by this name; answers its path. */
    private static String chart(Person person, String name) {
        person.open("/patients");
        person.field("Find a patient").fill(name);
        person.field("Find a patient").press("Enter");
        person.region("Found")
                .first()
                .locator("tbody tr")
                .first()
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        person.page().waitForURL(CHART);
        return person.page().url().replaceFirst("^https?://[^/]+", "");
    }

    private static String mrn(Person person) {
        Matcher number = NUMBER.matcher(person.banner().innerText());
        assertThat(number.find()).as("the banner says the MRN").isTrue();
        return number.group();
    }

    @Test
    void a_scan_of_three_pages_is_indexed_to_two_patients() {
        String delacroix = chart(specialist, "Delacroix");
        String first = mrn(specialist);
        String iyer = chart(specialist, "Iyer");
        String second = mrn(specialist);
        specialist.open("/documents/intake");
        specialist
                .field("Files")
                .setInputFiles(new FilePayload(
                        "tuesday.pdf",
                        "application/pdf",
                        Papers.pdf("Consent of Simone Delacroix", "Consent, second page", "Letter about Priya Iyer")));
        specialist.button("Take in").click();
        assertThat(specialist.region("What was sent")).containsText("taken in");
        specialist.look();
        specialist.region("What was sent").getByRole(AriaRole.LINK).first().click();
        assertThat(specialist.page().locator("figure img")).hasCount(3);
        specialist.look("index-document");

        String file = specialist.page().url();
        file("1-2", "Delacroix", first, "1/19/1965");
        specialist.button("File and next").click();
        assertThat(specialist.page().locator("figure.settled")).hasCount(2);
        assertThat(specialist.page().url().replaceAll("[?#].*", "")).isEqualTo(file.replaceAll("[?#].*", ""));

        // The first patient's number beside the second's name is no two identifiers of one person.
        file("3", "Iyer", first, "1/27/1986");
        specialist.button("File and next").click();
        assertThat(specialist.page().locator("#error-summary")).isVisible();
        specialist.forgetErrors();
        specialist.field("MRN").fill(second);
        specialist.button("File and next").click();
        specialist.page().waitForURL(address -> !address.contains(file.replaceAll("^.*/intake/|[?#].*", "")));

        specialist.open(delacroix + "/documents");
        assertThat(pagesFiled()).hasText("2");
        assertThat(specialist.page().content()).doesNotContain("Iyer");
        specialist.look("documents");
        specialist.open(iyer + "/documents");
        assertThat(pagesFiled()).hasText("1");
        assertThat(specialist.page().content()).doesNotContain("Delacroix");
    }

    /** How many pages the newest document of the chart has. */
    private Locator pagesFiled() {
        return specialist.region("All documents").locator("tbody td.num").first();
    }

    private void file(String pages, String name, String mrn, String born) {
        specialist.field("Pages of this document").fill(pages);
        specialist.field("Find the patient").fill(name);
        specialist.button("Find").last().click();
        specialist
                .page()
                .getByRole(AriaRole.RADIO)
                .and(specialist.page().getByLabel(Pattern.compile("^" + name)))
                .first()
                .check();
        // Choosing draws the fields anew, with the visits of who was chosen.
        assertThat(specialist.page().locator(".check.chosen")).containsText(name);
        specialist.field("MRN").fill(mrn);
        specialist.field("Birth date").fill(born);
        specialist.field("Document type").selectOption(new SelectOption().setIndex(3));
        specialist.field("Document date").fill("t-1");
    }

    @Test
    void an_outside_record_is_reconciled_line_by_line() throws IOException {
        String chart = chart(specialist, "Ashworth");
        specialist.open(chart + "/outside");
        FilePayload record = new FilePayload("ccd.xml", "text/xml", lakeside());
        specialist.field("File").setInputFiles(record);
        specialist.button("Lay beside the chart").click();
        assertThat(specialist.page().locator("h1")).containsText("open");
        Locator latex = row("Latex");
        assertThat(latex).containsText("contact rash");
        specialist.look("outside-record");

        decision("Latex").selectOption("merge");
        decision("atorvastatin").selectOption("accept");
        decision("Type 2 diabetes").selectOption("reject");
        specialist
                .page()
                .getByLabel(Pattern.compile("Type 2 diabetes.*: why rejected"))
                .selectOption(new SelectOption().setIndex(1));
        specialist.field("Who signs what is merged").selectOption("Dr. P. Lindqvist");
        specialist.button("Decide").click();
        assertThat(row("Latex")).containsText("Merged");
        assertThat(row("atorvastatin")).containsText("Accepted");
        assertThat(row("Type 2 diabetes")).containsText("Rejected");
        assertThat(row("Influenza")).not().containsText("Accepted");
        specialist.look();

        specialist.open(chart + "/medications");
        assertThat(specialist.page().locator("main")).containsText("atorvastatin");
        assertThat(specialist.page().locator("main")).containsText("Lakeside Clinic");
        specialist.open(chart + "/problems");
        assertThat(specialist.page().locator("main")).not().containsText("Type 2 diabetes");

        specialist.open(chart + "/outside");
        specialist.field("File").setInputFiles(record);
        specialist.button("Lay beside the chart").click();
        assertThat(row("atorvastatin")).containsText("Accepted");
    }

    private Locator row(String theirs) {
        return specialist
                .page()
                .locator("#reconcile tbody tr:has(th)")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile(theirs, Pattern.CASE_INSENSITIVE)))
                .first();
    }

    private Locator decision(String theirs) {
        return specialist.page().getByLabel(Pattern.compile(theirs + ".*: decision", Pattern.CASE_INSENSITIVE));
    }

    /** The record of another place about Claire Ashworth, who has a mark of latex here already. */
    private static byte[] lakeside() throws IOException {
        try (InputStream stream = RecordJobTests.class.getResourceAsStream("/ccda/whitfield.xml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .replace(
                            "<given>Eleanor</given><given>Mae</given><family>Whitfield",
                            "<given>Claire</given><family>Ashworth")
                    .replace("19480311", "19910603")
                    .replace("code=\"7980\"", "code=\"1314891\"")
                    .replace("displayName=\"penicillin\"", "displayName=\"Latex\"")
                    .replace("Penicillin G benzathine", "Latex")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_bulk_correction_is_looked_at_applied_and_taken_back() {
        try (Person supervisor = browser.person(demo.address())) {
            supervisor.signIn("supervisor").open("/corrections/new");
            supervisor.look();
            supervisor.field("Kind of entry").selectOption("Problem");
            supervisor.field("Code system").selectOption("ICD-10-CM");
            supervisor.field("Code that stands").fill("E03.9");
            supervisor.field("Right code").fill("E03.8");
            supervisor.field("Title of the right code").fill("Other specified hypothyroidism");
            supervisor.field("Why").fill("The template of the clinic named the wrong code");
            supervisor.button("Show what is affected").click();
            Locator state = supervisor.page().locator("#progress .tag").first();
            assertThat(state).hasText("dry run");
            Locator affected = supervisor.region("What is affected");
            assertThat(affected).containsText("Iyer, Priya");
            assertThat(affected).containsText("is asked to agree");
            supervisor.look("bulk-correction");
            supervisor.button("Correct these").click();
            assertThat(state).hasText("applied");
            assertThat(affected).containsText("proposed");
            supervisor.look();
            supervisor.button("Undo").click();
            assertThat(state).hasText("undone");
            assertThat(affected).containsText("withdrawn");
            affected.getByRole(AriaRole.LINK).first().click();
            assertThat(supervisor.region("What it says")).containsText("E03.9");
            assertThat(supervisor.region("What it says")).not().containsText("E03.8");
            assertThat(supervisor.page().locator("main")).containsText("Not taken over");
        }
    }
}
