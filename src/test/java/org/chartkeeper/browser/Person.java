package org.chartkeeper.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who works in a browser of their own, finds things by role and label, and looks at every page critically. */
final class Person implements AutoCloseable {

    /** Where pictures go: the user guide's when asked for by {@code -Dguide.pictures=docs/user-guide}. */
    private static final Path PICTURES = Path.of(System.getProperty("guide.pictures", "target/pictures"));

    private final BrowserContext context;
    private final Page page;
    private final List<String> refused = new CopyOnWriteArrayList<>();

    Person(BrowserContext context) {
        this(context, true);
    }

    private Person(BrowserContext context, boolean first) {
        this.context = context;
        if (first) {
            context.addInitScript("""
                    document.addEventListener('securitypolicyviolation', event =>
                        console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))
                    """);
        }
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                refused.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> refused.add(page.url() + ": " + error));
    }

    Page page() {
        return page;
    }

    /** The same person in another tab. */
    Person tab() {
        return new Person(context, false);
    }

    /** As when the session has ended. */
    void forgetSession() {
        context.clearCookies();
    }

    Person signIn(String username) {
        page.navigate("/login");
        field("Username").fill(username);
        field("Password").fill(RunningDemo.PASSWORD);
        button("Sign in").click();
        page.waitForURL(address -> !address.contains("/login"));
        return this;
    }

    /** Goes to an address and answers with its status. */
    int open(String path) {
        Response response = page.navigate(path);
        return response.status();
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    /** The part of the page that has this heading. */
    Locator region(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** What stands above everything in a chart. */
    Locator banner() {
        return page.locator(".patient");
    }

    /** Looks at the page as it is now: no serious barrier (WCAG 2.2 AA by axe), nothing stopped by the policy. */
    Person look() {
        // A click returns when its page begins to come.
        page.waitForLoadState();
        // A window as high as most pages, so that no sticky foot covers what stands behind it.
        page.setViewportSize(1366, 3000);
        List<Rule> serious = new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .toList();
        page.setViewportSize(1366, 768);
        assertThat(serious.stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                        .toList()))
                .as("serious barriers of %s", page.url())
                .isEmpty();
        assertThat(refused).as("errors of the console").isEmpty();
        return this;
    }

    /** As {@link #look()}, and keeps a picture. */
    Person look(String picture) {
        look();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(picture + ".png")));
        return this;
    }

    /** The console's errors so far: a refused page is one, too. */
    void forgetErrors() {
        refused.clear();
    }

    @Override
    public void close() {
        context.close();
    }
}
