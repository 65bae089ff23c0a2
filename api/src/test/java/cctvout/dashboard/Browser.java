package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** People at the dashboard; each page is another person's, with what went wrong in it. */
final class Browser implements AutoCloseable {

    final List<String> troubles = new CopyOnWriteArrayList<>();
    private final com.microsoft.playwright.Browser chromium = Chromium.started();
    private final List<BrowserContext> people = new CopyOnWriteArrayList<>();
    private final Map<String, String> sessions = new HashMap<>();

    private Browser() {}

    static Optional<Path> installed() {
        return Chromium.installed();
    }

    static Browser open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        return new Browser();
    }

    Page page(int width, int height, String locale, ColorScheme colours) {
        return page(options(width, height, locale, colours));
    }

    /**
     * A page that shows this address to somebody signed in. The form is filled in once a person;
     * later pages take that session along, as a second window does.
     */
    Page signedIn(City city, String path, String user, NewContextOptions options) {
        String known = sessions.get(city.url() + user);
        Page page = page(known == null ? options : options.setStorageState(known));
        page.navigate(city.url() + path);
        if (known == null) {
            signIn(page, user, City.PASSWORD);
        }
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
        sessions.computeIfAbsent(city.url() + user, _ -> page.context().storageState());
        return page;
    }

    static void signIn(Page page, String user, String password) {
        page.locator("input[name=username]").fill(user);
        page.locator("input[name=password]").fill(password);
        page.locator("button[type=submit]").click();
    }

    /** Shows another page without a new document, as a link does. */
    static void go(Page page, String path) {
        page.evaluate("async (to) => (await import('/js/router.js')).go(to)", path);
    }

    static NewContextOptions options(int width, int height, String locale, ColorScheme colours) {
        return new NewContextOptions()
                .setViewportSize(width, height)
                .setLocale(locale)
                .setTimezoneId("Asia/Seoul")
                .setColorScheme(colours);
    }

    private Page page(NewContextOptions options) {
        BrowserContext person = chromium.newContext(options);
        people.add(person);
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

    /** All leave, so that no page of theirs asks any more; for the next test to begin afresh. */
    void everybodyLeaves() {
        people.forEach(BrowserContext::close);
        people.clear();
    }

    @Override
    public void close() {
        everybodyLeaves();
    }
}
