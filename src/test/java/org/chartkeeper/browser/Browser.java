package org.chartkeeper.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium for the browser tests; found on the machine, never downloaded. */
final class Browser implements AutoCloseable {

    /** A bound, not a pace: what is waited for comes at once, but not on every machine. */
    private static final int PATIENCE_MILLIS = 60_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** The Chromium of this machine; empty where there is none. */
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Why the tests of this package do not run. */
    static final String WANTED = "No Chromium was found: the browser tests need one.";

    static boolean isInstalled() {
        return installed().isPresent();
    }

    static Browser start() {
        return new Browser(installed().orElseThrow());
    }

    /** A person's own browser, with nothing remembered, 1366 by 768. */
    Person person(String baseUrl) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(baseUrl)
                .setViewportSize(1366, 768)
                // A page is looked at as it comes to rest, not while a message rises into it.
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setLocale("en-US"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return new Person(context);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
