package org.chartkeeper.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worklist of prescriptions in the running application, on a chart that the other jobs do not touch. */
@ExtendWith(SharedDemo.class)
@EnabledIf(value = "org.chartkeeper.browser.Browser#isInstalled", disabledReason = Browser.WANTED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrescriptionJobTests {

    private static final String DRUG = "Methotrexate 2.5 MG Oral Tablet";
    private static final String WORKLIST = "/coding/prescriptions?rule=RX-26";

    private RunningDemo demo;
    private Browser browser;

    @BeforeAll
    void start(RunningDemo running) {
        demo = running;
        browser = Browser.start();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void an_order_with_a_finding_comes_on_the_worklist_by_itself() {
        Person coder = browser.person(demo.address()).signIn("coder");
        coder.open(WORKLIST);
        assertThat(ordered(coder)).hasCount(0);

        order();

        // The application's own job checks it; nothing here does.
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (coder.open(WORKLIST) == 200 && ordered(coder).count() == 0) {
            assertThat(System.nanoTime()).as("the order is on the list").isLessThan(limit);
            coder.page().waitForTimeout(500);
        }
        assertThat(ordered(coder)).hasCount(1);
        assertThat(ordered(coder)).containsText("1 tablet by mouth QD");
        assertThat(ordered(coder)).containsText("RX-");
        coder.look();
    }

    private static Locator ordered(Person person) {
        return person.region("Orders").first().locator("tbody tr").filter(new Locator.FilterOptions().setHasText(DRUG));
    }

    private void order() {
        try (Person clinician = browser.person(demo.address())) {
            clinician.signIn("clinician2").open("/patients");
            clinician.field("Find a patient").fill("Nguyen");
            clinician.field("Find a patient").press("Enter");
            clinician
                    .region("Found")
                    .first()
                    .locator("tbody tr")
                    .first()
                    .getByRole(AriaRole.LINK)
                    .first()
                    .click();
            clinician.page().waitForURL(Pattern.compile("/patients/[0-9a-f-]{36}$"));
            clinician.open(clinician.page().url() + "/medications/order");
            clinician.region("Drug").getByRole(AriaRole.COMBOBOX).fill(DRUG);
            clinician.field("Directions").fill("1 tablet by mouth QD");
            clinician.field("Quantity").fill("30");
            clinician.field("Your password").fill(RunningDemo.PASSWORD);
            clinician.look();
            clinician.button("Order and sign").click();
            clinician.page().waitForURL(address -> !address.contains("/order"));
            assertThat(clinician.page().locator("main")).containsText(DRUG);
        }
    }
}
