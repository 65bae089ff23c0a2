package cctvout.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The system's Chromium; each page is another person's, with what went wrong in it. */
final class Browser implements AutoCloseable {

    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    final List<String> troubles = new CopyOnWriteArrayList<>();

    private Browser(Path executable) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(ARGUMENTS));
    }

    /** Where Chromium is installed; empty where it is not. */
    static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        return new Browser(installed().orElseThrow());
    }

    Page page(int width, int height, String locale, ColorScheme colours) {
        BrowserContext person =
                chromium.newContext(
                        new NewContextOptions()
                                .setViewportSize(width, height)
                                .setLocale(locale)
                                .setTimezoneId("Asia/Seoul")
                                .setColorScheme(colours));
        // what is waited for comes at once or never; a busy machine takes its time
        person.setDefaultTimeout(60_000);
        Page page = person.newPage();
        page.onPageError(error -> troubles.add("error: " + error));
        page.onConsoleMessage(
                message -> {
                    // a request refused before the login is no trouble
                    if (message.type().equals("error") && !message.text().contains("401")) {
                        troubles.add("console: " + message.text() + ", " + message.location());
                    }
                });
        return page;
    }

    /** Nothing went wrong since this was asked last, but for what holds one of these words. */
    void wasUntroubledBut(String... expected) {
        List<String> unexpected =
                troubles.stream()
                        .filter(one -> Stream.of(expected).noneMatch(one::contains))
                        .toList();
        troubles.clear();
        assertThat(unexpected).isEmpty();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
