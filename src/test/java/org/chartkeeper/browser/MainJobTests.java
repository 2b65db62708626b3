package org.chartkeeper.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The main job from end to end, in a real browser on the demo as it is shipped. The steps build on each other, as the
 * people's work does.
 */
@ExtendWith(SharedDemo.class)
@EnabledIf(value = "org.chartkeeper.browser.Browser#isInstalled", disabledReason = Browser.WANTED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTests {

    private RunningDemo demo;
    private Browser browser;
    private Person specialist;
    private Person clinician;
    private String chart;

    @BeforeAll
    void start(RunningDemo running) {
        demo = running;
        browser = Browser.start();
        specialist = browser.person(demo.address());
        clinician = browser.person(demo.address());
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void the_specialist_signs_in_and_sees_what_is_due() {
        specialist.open("/login");
        specialist.look("sign-in");
        specialist.signIn("specialist").look("home");
        assertThat(specialist.region("Visit updates")).containsText("Whitfield, Eleanor");
    }

    @Test
    @Order(2)
    void a_misspelled_name_finds_eleanor_first() {
        specialist.open("/patients");
        specialist.field("Find a patient").fill("Elanor Witfield");
        specialist.field("Find a patient").press("Enter");
        assertThat(found().first()).containsText("Whitfield, Eleanor");
        assertThat(found().first()).containsText("11 Mar 1948");
        specialist.look("search");
    }

    @Test
    @Order(3)
    void the_birth_date_alone_finds_eleanor() {
        specialist.field("Find a patient").fill("3/11/1948");
        specialist.field("Find a patient").press("Enter");
        assertThat(found()).hasCount(1);
        found().first().getByRole(AriaRole.LINK).first().click();
        containsAll(specialist.banner(), "Whitfield, Eleanor", "11 Mar 1948", "Penicillin");
        chart = specialist.page().url().substring(demo.address().length());
        specialist.look("chart");
    }

    @Test
    @Order(4)
    void the_specialist_updates_the_visit_and_posts() {
        specialist.open("/visits/updates");
        specialist.look();
        specialist.link("Whitfield, Eleanor").click();
        Locator vitals = specialist.region("Vital signs");
        vitals.getByLabel("Blood pressure").fill("142/78");
        vitals.getByLabel("Heart rate").fill("88");
        vitals.getByLabel("Temperature").fill("98.2");
        vitals.getByLabel("Weight").fill("157");
        vitals.getByLabel("SpO₂").first().fill("94");
        Locator diagnosis =
                specialist.region("Diagnoses").getByLabel("Diagnosis", new Locator.GetByLabelOptions().setExact(true));
        diagnosis.fill("acute on chronic diastolic");
        diagnosis.press("ArrowDown");
        specialist
                .region("Diagnoses")
                .getByRole(AriaRole.LISTBOX)
                .getByRole(AriaRole.OPTION)
                .first()
                .waitFor();
        specialist.look("visit-update");
        diagnosis.press("Enter");
        assertThat(specialist.region("Diagnoses").getByLabel("Code").first()).hasValue("I50.33");
        specialist.field("New allergy").fill("Naproxen");
        specialist.field("New allergy").press("Tab");
        specialist.field("Reaction").fill("hives");
        specialist.field("Severity").selectOption("moderate");
        specialist.field("Metformin 500 mg tablet: what becomes of it").selectOption("stop");
        specialist.field("Metformin 500 mg tablet: why stopped").selectOption("adverse-reaction");
        for (String item : List.of("Problems", "Immunizations", "Procedures", "Follow-up")) {
            settle(item);
        }
        specialist.look();
        specialist.button("Post and next").click();
        specialist
                .page()
                .locator("#shell-toasts .toast")
                .filter(new Locator.FilterOptions().setHasText("Posted for Whitfield, Eleanor"))
                .waitFor();
        specialist.look();
    }

    private void settle(String item) {
        Locator standing = specialist.field("How it stands: " + item);
        if (standing.locator("option[value='no change']").count() > 0) {
            standing.selectOption("no change");
        } else {
            standing.selectOption("does not apply");
            specialist.field("Why it does not apply: " + item).selectOption("not-this-visit");
        }
    }

    @Test
    @Order(5)
    void the_allergy_protects_at_once_and_the_drug_stays_until_it_is_signed() {
        specialist.open(chart);
        assertThat(specialist.banner()).containsText("Naproxen: hives");
        containsAll(specialist.region("Medications"), "Metformin", "Stop pending signature");
        specialist.look();
    }

    @Test
    @Order(6)
    void the_clinician_sees_exactly_what_was_changed() {
        clinician.signIn("clinician").look();
        clinician.open("/inbox");
        clinician.look();
        clinician.open(chart + "/review");
        Locator waiting = clinician.region("Waits for my signature");
        assertThat(waiting.getByRole(AriaRole.CHECKBOX).all().stream().map(box -> box.getAttribute("aria-label")))
                .containsExactlyInAnyOrder(
                        "Sign Dictation, Dr. A. Okafor",
                        "Sign Blood pressure",
                        "Sign Heart rate",
                        "Sign Body temperature",
                        "Sign Body weight",
                        "Sign Oxygen saturation",
                        "Sign Acute on chronic diastolic (congestive) heart failure",
                        "Sign Naproxen",
                        "Sign Metformin 500 mg tablet");
        assertThat(waiting.innerText())
                .contains("142", "78", "88", "I50.33", "Naproxen", "hives", "Metformin", "entered by Dana Reyes");
        clinician.look("clinician-review");
    }

    @Test
    @Order(7)
    void the_signature_stops_the_drug() {
        clinician.button("Choose all").click();
        clinician.field("Password, once for all that is chosen").fill(RunningDemo.PASSWORD);
        clinician.button("Sign what is chosen").click();
        assertThat(clinician.page().locator(".notice.ok")).containsText("Signed");
        clinician.look();
        clinician.open(chart);
        assertThat(clinician.region("Medications").innerText()).doesNotContain("Metformin");
        clinician.look();
    }

    @Test
    @Order(8)
    void the_specialist_sees_it_locked() {
        specialist.open(chart);
        assertThat(specialist.banner()).containsText("Naproxen: hives");
        assertThat(specialist.region("Medications").innerText()).doesNotContain("Metformin");
        specialist.link("Visits").first().click();
        specialist.look();
        specialist.open(chart + "/medications");
        specialist.look();
    }

    @Test
    @Order(9)
    void the_administrator_cannot_open_the_chart() {
        try (Person administrator = browser.person(demo.address())) {
            administrator.signIn("admin").look();
            administrator.forgetErrors();
            assertThat(administrator.open(chart)).isIn(403, 404);
            assertThat(administrator.page().content()).doesNotContain("Whitfield", "Naproxen", "1948");
            administrator.forgetErrors();
            administrator.look();
        }
    }

    @Test
    @Order(10)
    void the_audit_shows_every_step() {
        try (Person privacy = browser.person(demo.address())) {
            privacy.signIn("privacy").look();
            privacy.open("/audit");
            privacy.field("Patient (MRN or id)").fill(chart.substring(chart.lastIndexOf('/') + 1));
            privacy.button("Search").last().click();
            containsAll(
                    privacy.region("Events"),
                    "patient.view",
                    "visit-update.draft",
                    "visit-update.post",
                    "entry.sign",
                    "request.refused");
            privacy.look();
        }
    }

    @Test
    @Order(11)
    void the_server_got_no_report_of_its_content_policy() {
        assertThat(demo.log()).noneMatch(line -> line.contains("PolicyReport"));
    }

    private static void containsAll(Locator part, String... words) {
        for (String each : words) {
            assertThat(part).containsText(each);
        }
    }

    private Locator found() {
        return specialist.region("Found").first().locator("tbody tr");
    }
}
