package cctvout.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * The page in a real browser, on the real application and a real database: one application for all
 * tests of a class, and after each of them a look at what went wrong in the page.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageRig {

    /** What the server refuses the browser reports too; that it is said is what is tested. */
    static final String REFUSALS = "status of 4";

    City city;
    Browser browser;
    private final String[] expected;

    /**
     * @param expected words of troubles that belong to the tests
     */
    PageRig(String... expected) {
        this.expected = expected;
    }

    @BeforeAll
    void open(@TempDir Path data) {
        assumeTrue(
                Browser.installed().isPresent(),
                "no Chromium in /usr/bin: the page is not tested here");
        city = City.start(data);
        browser = Browser.open();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (city != null) {
            city.close();
        }
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        browser.everybodyLeaves();
        browser.wasUntroubledBut(expected);
    }

    /** As the admin, at a desk. */
    Page signedIn(String path, String locale) {
        return signedIn(path, locale, "admin");
    }

    Page signedIn(String path, String locale, String user) {
        return browser.signedIn(
                city, path, user, Browser.options(1440, 900, locale, ColorScheme.LIGHT));
    }

    static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
