package org.chartkeeper.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** The oldest case from the queue to final coded, with a query on the way, and back when its evidence is amended. */
@ExtendWith(SharedDemo.class)
@EnabledIf(value = "org.chartkeeper.browser.Browser#isInstalled", disabledReason = Browser.WANTED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CodingJobTests {

    private static final Pattern CASE = Pattern.compile("/coding/[0-9a-f-]{36}$");
    private static final String TITLE = "Clarification of the laboratory value";

    private RunningDemo demo;
    private Browser browser;
    private Person coder;
    private String bench = "";
    private String note = "";

    @BeforeAll
    void start(RunningDemo running) {
        demo = running;
        browser = Browser.start();
        coder = browser.person(demo.address()).signIn("coder");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private Locator row(String code) {
        return coder.page().locator("#codes tr").filter(new Locator.FilterOptions().setHas(coder.link(code)));
    }

    private void add(String typed) {
        Locator field = coder.page().locator("#add");
        field.fill(typed);
        field.press("Enter");
    }

    @Test
    @Order(1)
    void the_oldest_case_is_opened_from_the_queue_by_the_keyboard() {
        coder.open("/coding/queue");
        coder.look("coding-queue");
        Locator first = coder.page().locator("table.list tbody tr th a").first();
        assertThat(first).isFocused();
        coder.page().keyboard().press("Enter");
        coder.page().waitForURL(CASE);
        bench = coder.page().url().substring(demo.address().length());
        assertThat(coder.page().locator("#sources")).containsText("type 2 diabetes, well controlled");
        coder.look();
    }

    @Test
    @Order(2)
    void codes_are_added_from_the_keyboard_and_rest_on_the_chosen_words() {
        Locator sentence = coder.page()
                .getByRole(AriaRole.RADIO)
                .and(coder.page().getByLabel(Pattern.compile("^Assessment: type 2 diabetes")));
        sentence.press("Space");
        assertThat(sentence).isChecked();
        note = Objects.requireNonNull(sentence.getAttribute("value")).split(":")[0];
        add("E11.9");
        assertThat(row("E11.9")).containsText("Assessment: type 2 diabetes, well controlled.");
        assertThat(sentence).not().isChecked();
        Locator value =
                coder.page().getByRole(AriaRole.RADIO).and(coder.page().getByLabel(Pattern.compile("^HbA1c 7.2")));
        value.press("Space");
        assertThat(value).isChecked();
        add("R73.03");
        assertThat(row("R73.03")).containsText("HbA1c 7.2 percent.");
        Locator first = coder.page().locator("#codes tr[data-line] th a").first();
        assertThat(first).hasText("E11.9");
        drag("R73.03", "E11.9");
        assertThat(first).hasText("R73.03");
        drag("E11.9", "R73.03");
        assertThat(first).hasText("E11.9");
    }

    /** By its number onto the upper half of another. */
    private void drag(String code, String before) {
        row(code).locator(".no").dragTo(row(before), new Locator.DragToOptions().setTargetPosition(60, 4));
    }

    @Test
    @Order(3)
    void enter_presses_the_button_of_its_own_field_and_the_focus_stays_in_its_row() {
        coder.page().locator("#sources input[name=sentence]").first().press("Enter");
        assertThat(coder.page().locator("#add")).isFocused();
        Locator conflict = coder.page()
                .locator("#codes tr .told")
                .filter(new Locator.FilterOptions().setHasText("DX-20"))
                .first();
        Locator why = conflict.getByRole(AriaRole.TEXTBOX);
        why.fill("another condition");
        why.press("Enter");
        assertThat(conflict).containsText("another condition");
        conflict.getByText("take back").press("Enter");
        assertThat(why).isVisible();
        assertThat(coder.page().locator("#codes tr:has(.told:has-text('DX-20')) th a"))
                .isFocused();
    }

    @Test
    @Order(4)
    void an_excludes1_conflict_is_met_and_repaired_in_one_step() {
        Locator conflict = coder.page()
                .locator(".told")
                .filter(new Locator.FilterOptions().setHasText("DX-20"))
                .first();
        assertThat(conflict).isVisible();
        coder.look("coding-bench");
        conflict.getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("Repair"))
                .click();
        assertThat(row("R73.03")).hasCount(0);
        assertThat(coder.page().locator("#codes .told").filter(new Locator.FilterOptions().setHasText("DX-20")))
                .hasCount(0);
        assertThat(row("E11.9")).isVisible();
    }

    @Test
    @Order(5)
    void a_query_without_an_indicator_is_refused_and_one_with_it_is_sent() {
        coder.link("Ask the clinician").click();
        coder.page().waitForURL(Pattern.compile("/query$"));
        coder.field("To").selectOption(new SelectOption().setLabel("Dr. P. Lindqvist"));
        coder.field("Title").fill(TITLE);
        coder.field("Question").fill("What does this value stand for, in your clinical judgment?");
        coder.field("Option 1").fill("Controlled at the goal for this patient");
        coder.field("Option 2").fill("Above the goal, with hyperglycemia");
        coder.button("Send the query").click();
        assertThat(coder.page().locator("#error-summary")).containsText("QY-1");
        coder.forgetErrors();
        coder.page()
                .getByRole(AriaRole.CHECKBOX)
                .and(coder.page().getByLabel(Pattern.compile("^HbA1c 7.2")))
                .check();
        coder.look("coding-query");
        coder.button("Send the query").click();
        coder.page().waitForURL(CASE);
        assertThat(coder.page().locator("#codes")).containsText("Query pending");
        coder.look();
    }

    @Test
    @Order(6)
    void the_clinician_answers_and_signs() {
        try (Person clinician = browser.person(demo.address())) {
            clinician.signIn("clinician2").open("/queries");
            clinician.look();
            clinician.link(TITLE).first().click();
            clinician.page().waitForURL(Pattern.compile("/queries/[0-9a-f-]{36}$"));
            assertThat(clinician.page().locator("main")).containsText("HbA1c 7.2 percent.");
            clinician
                    .page()
                    .getByLabel("Controlled at the goal for this patient")
                    .check();
            clinician.field("In your words").fill("His goal is 7.5 percent.");
            clinician.field("Your password, to sign").fill(RunningDemo.PASSWORD);
            clinician.look("coding-answer");
            clinician.button("Answer and sign").click();
            clinician.page().waitForURL(Pattern.compile("/queries$"));
            assertThat(clinician.link(TITLE)).hasCount(0);
        }
    }

    @Test
    @Order(7)
    void the_coder_looks_at_what_was_amended_and_finalizes() {
        coder.open(bench);
        assertThat(coder.page().locator("#codes")).containsText("His goal is 7.5 percent.");
        row("E11.9")
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("It stands"))
                .click();
        assertThat(row("E11.9").getByText("amended")).hasCount(0);
        coder.look();
        coder.page().getByLabel("then the next case").uncheck();
        coder.button("Finalize").click();
        coder.page().waitForURL(Pattern.compile("/coding/queue$"));
        coder.open(bench);
        assertThat(coder.page().locator("#codes")).containsText(Pattern.compile("Final coded|Second review"));
    }

    @Test
    @Order(8)
    void the_evidence_is_corrected_and_the_case_comes_back() {
        try (Person clinician = browser.person(demo.address())) {
            clinician.signIn("clinician2");
            coder.page().locator("main .head a").first().click();
            coder.page().waitForURL(Pattern.compile("/patients/[0-9a-f-]{36}$"));
            String chart = coder.page().url().substring(demo.address().length());
            clinician.open(chart + "/entries/" + note + "/change/correction");
            Locator text = clinician.page().locator("form textarea").first();
            text.fill(text.inputValue().replace("well controlled", "with mild neuropathy of the feet"));
            clinician.field("Reason").selectOption(new SelectOption().setIndex(1));
            clinician.field("In words").fill("Said so in the room, not dictated.");
            clinician.field("Your password").fill(RunningDemo.PASSWORD);
            clinician.button("Save and sign").click();
            clinician.page().waitForURL(address -> !address.contains("/change/"));
        }
        coder.open(bench);
        assertThat(row("E11.9")).containsText("what it rests on was amended");
        assertThat(coder.page().locator("#codes")).containsText(Pattern.compile("Reopened|Second review"));
        coder.look("coding-came-back");
    }
}
