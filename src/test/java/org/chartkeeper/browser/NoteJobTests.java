package org.chartkeeper.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
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

/** Writing notes in a real browser, on charts that the main job does not touch. */
@ExtendWith(SharedDemo.class)
@EnabledIf(value = "org.chartkeeper.browser.Browser#isInstalled", disabledReason = Browser.WANTED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoteJobTests {

    private static final Pattern DRAFT = Pattern.compile("/notes/drafts/[0-9a-f-]{36}");
    private static final Pattern NOTE = Pattern.compile("/notes\\?note=[0-9a-f-]{36}");
    private static final int SAVES = 100;

    private RunningDemo demo;
    private Browser browser;
    private Person author;
    private String note = "";

    @BeforeAll
    void start(RunningDemo running) {
        demo = running;
        browser = Browser.start();
        author = browser.person(demo.address()).signIn("clinician2");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void the_facility_says_who_co_signs() {
        try (Person administrator = browser.person(demo.address())) {
            administrator.signIn("admin").open("/admin/facilities");
            administrator.link("Riverside Hospital").first().click();
            administrator.link("Co-signatures").first().click();
            administrator.field("Dr. P. Lindqvist").selectOption("Dr. A. Okafor");
            administrator.button("Save").click();
            assertThat(administrator.page().locator("#shell-toasts")).containsText("Co-signatures saved");
        }
    }

    @Test
    @Order(2)
    void a_note_is_written_kept_while_it_is_typed_and_signed() {
        begin(author, chart(author, "Abdi Hodan"), "Progress note");
        author.look();
        author.field("Subjective").fill("Wheezes at night, twice this week.");
        author.field("Objective").fill("Expiratory wheeze at both bases, oxygen saturation 96 percent.");
        author.field("Objective").blur();
        assertThat(author.page().locator("[data-draft-state]")).containsText("Draft saved");
        author.field("Assessment").fill("Moderate persistent asthma, not controlled.");
        author.field("Plan").fill("Step up the inhaled steroid; back in four weeks.");
        author.field("Plan").blur();
        assertThat(author.page().locator("[data-draft-state][data-state=saved]"))
                .containsText("Draft saved");
        author.look("note");
        author.field("Password").fill(RunningDemo.PASSWORD);
        author.button("Sign and file").click();
        author.page().waitForURL(NOTE);
        Locator article = author.page().locator("article");
        assertThat(article).containsText("Moderate persistent asthma, not controlled.");
        assertThat(article).containsText("Co-signature due");
        assertThat(article).containsText("signed by Dr. P. Lindqvist");
        author.look();
        note = author.page().url().substring(demo.address().length());
    }

    @Test
    @Order(3)
    void the_co_signature_says_what_the_teacher_did() {
        try (Person teacher = browser.person(demo.address())) {
            teacher.signIn("clinician").open("/inbox");
            Locator waits = teacher.page()
                    .getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("stated by Dr. P. Lindqvist"))
                    .filter(new Locator.FilterOptions().setHasText("Progress note"));
            waits.getByText("Co-sign…").first().click();
            assertThat(teacher.page().locator("article")).containsText("Wheezes at night");
            teacher.look("co-sign");
            teacher.page().getByLabel("I saw the patient myself, later").check();
            teacher.field("Password").fill(RunningDemo.PASSWORD);
            teacher.button("Co-sign").click();
            teacher.page().waitForURL(NOTE);
            Locator article = teacher.page().locator("article");
            assertThat(article).containsText("Attested");
            assertThat(article).containsText("co-signed by Dr. A. Okafor");
            assertThat(article).containsText("I saw and examined the patient");
            teacher.look();
        }
        author.open(note);
        assertThat(author.page().locator("article")).containsText("Attested");
    }

    @Test
    @Order(4)
    void words_of_the_note_find_it() {
        author.field("Find in the notes and documents of this chart").fill("wheez saturation");
        author.button("Find").last().click();
        assertThat(author.page().locator("mark").first())
                .containsText(Pattern.compile("wheez|saturation", Pattern.CASE_INSENSITIVE));
        author.look();
    }

    @Test
    @Order(5)
    void a_draft_is_resumed_after_the_session_ended() {
        String draft = begin(author, chart(author, "Abdi Hodan"), "Telephone note");
        author.page().locator(".sections textarea").first().fill("Her mother, about the inhaler.");
        author.page().locator(".sections textarea").first().blur();
        assertThat(author.page().locator("[data-draft-state]")).containsText("Draft saved");

        author.forgetSession();
        author.open(draft);
        author.page().waitForURL(Pattern.compile("/login"));
        author.field("Username").fill("clinician2");
        author.field("Password").fill(RunningDemo.PASSWORD);
        author.button("Sign in").click();

        author.page().waitForURL(DRAFT);
        assertThat(author.page().locator(".sections textarea").first()).hasValue("Her mother, about the inhaler.");
        assertThat(author.page().locator("main")).containsText("You go on with your draft");
        author.look();
    }

    @Test
    @Order(6)
    void two_tabs_with_two_patients_keep_two_hundred_saves_apart() {
        Person other = author.tab();
        String hodan = begin(author, chart(author, "Abdi Hodan"), "Letter");
        String ana = begin(other, chart(other, "Garcia 12/8/1973"), "Letter");
        List<Person> tabs = List.of(author, other);
        List<String> names = List.of("Hodan", "Ana");
        // A draft is also kept two seconds after a pause: here it passes only where the test lets it, so that a slow
        // moment saves nothing on its own.
        author.page().clock().install();
        author.page().clock().pauseAt(System.currentTimeMillis() + 60_000);
        for (int i = 1; i <= SAVES; i++) {
            for (int tab = 0; tab < 2; tab++) {
                tabs.get(tab).page().locator(".sections textarea").last().fill("Letter of " + names.get(tab) + " " + i);
            }
            for (int tab = 0; tab < 2; tab++) {
                Locator area =
                        tabs.get(tab).page().locator(".sections textarea").last();
                Response kept = tabs.get(tab)
                        .page()
                        .waitForResponse(response -> response.url().endsWith("/save"), () -> leave(area));
                assertThat(kept.url()).contains(tab == 0 ? hodan : ana);
                assertThat(kept.status()).as(names.get(tab) + " " + i).isEqualTo(200);
                assertThat(kept.text()).contains("\"draftVersion\":" + (i + 1) + ",");
                assertThat(tabs.get(tab).page().locator("[data-draft-state]")).hasAttribute("data-state", "saved");
            }
        }
        author.page().clock().resume();
        List<String> stand = new ArrayList<>();
        for (Person tab : tabs) {
            tab.page().reload();
            stand.add(tab.page().locator(".sections textarea").last().inputValue());
        }
        assertThat(stand).containsExactly("Letter of Hodan " + SAVES, "Letter of Ana " + SAVES);
        other.open(ana.substring(0, ana.indexOf("/drafts")) + "/new");
        assertThat(other.region("You began in this chart").locator("li")).hasCount(1);
    }

    private static void leave(Locator area) {
        area.blur();
        area.page().clock().runFor(1);
    }

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
        person.page().waitForURL(Pattern.compile("/patients/[0-9a-f-]{36}$"));
        return person.page().url().replaceFirst("^https?://[^/]+", "");
    }

    /** Begins a note of the latest visit; answers where its draft is. */
    private static String begin(Person person, String chart, String kind) {
        person.open(chart + "/notes/new");
        person.page()
                .getByRole(AriaRole.RADIO)
                .and(person.page().getByLabel(kind))
                .first()
                .check();
        person.button("Write").click();
        person.page().waitForURL(DRAFT);
        return person.page().url().replaceFirst("^https?://[^/]+", "");
    }
}
