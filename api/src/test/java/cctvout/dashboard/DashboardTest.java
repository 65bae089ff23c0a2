package cctvout.dashboard;

import static cctvout.dashboard.City.now;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.status.Verdict;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.regex.Pattern;

/** The page in a real browser, on the real application and a real database. */
class DashboardTest extends PageRig {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='broken'\">";

    @BeforeAll
    void cameras() throws Exception {
        for (int i = 1; i <= 40; i++) {
            String id = "c-%02d".formatted(i);
            city.camera(id, "둔산동 사거리 " + i, "L-" + i % 4, "서구", "한빛영상");
            city.confirm(id, Verdict.HEALTHY, "OK", now().minusSeconds(600));
        }
        city.camera("hostile", HOSTILE, "L-9", "서구", "한빛영상", null, null);
        city.camera("alone", "노은동 공원 9", "L-9", "대덕구", "한빛영상", 36.36, 127.39);
    }

    @Test
    void aCameraFailsAndRecoversBeforeTheReadersEyes() throws Exception {
        Page page = signedIn("en-GB", 1440, 900);
        page.evaluate("() => { window.sameDocument = true; }");
        city.confirm("c-07", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());

        assertThat(page.locator(".tile[data-verdict='LINE_FAULT'] .count")).hasText("1");
        assertThat(page.locator(".wall-says")).containsText("cameras with a fault");
        Locator feed = page.locator("live-feed");
        assertThat(feed).containsText("Line fault");
        assertThat(page.locator("issue-list")).containsText("둔산동 사거리 7");

        page.locator("app-nav a[href='/map']").click();
        assertThat(page.locator(".map-key[data-verdict='LINE_FAULT'] b")).hasText("1");
        assertThat(page.locator(".map-nowhere")).hasText("1 without a location");
        page.locator("app-nav a[href='/cameras']").click();
        Locator row = page.locator(".row[data-id='c-07']");
        assertThat(row).containsText("Line fault");
        assertThat(row).containsText("No echo answered, no stream either");
        assertThat(page.locator(".row:visible").first()).hasAttribute("data-id", "c-07");

        city.confirm("c-07", Verdict.HEALTHY, "OK", now());
        assertThat(row).containsText("Healthy");
        page.locator("app-nav a[href='/wall']").click();
        assertThat(page.locator(".tile[data-verdict='LINE_FAULT'] .count")).hasText("0");
        assertThat(page.locator(".wall-says")).containsText("not checked yet");
        assertThat(feed.locator("li").filter(with("recovered"))).not().hasCount(0);
        assertThat(page.locator("issue-list li")).hasCount(0);
        assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
    }

    @Test
    void aClickOnTheMapOpensTheCamera() {
        Page page = signedIn("en-GB", 1440, 900);
        // all cameras but one stand on one spot
        page.navigate(city.url() + "/map?at=36.36,127.39,16");
        Locator canvas = page.locator(".map-canvas");
        assertThat(page.locator(".map-key[data-verdict='HEALTHY'] b")).not().hasText("0");
        canvas.hover();
        assertThat(page.locator(".map-card")).containsText("노은동 공원 9");
        canvas.click();
        assertThat(page.locator("camera-page h1")).hasText("노은동 공원 9");
        assertThat(page).hasURL(city.url() + "/cameras/alone");
        page.goBack();
        assertThat(canvas).isVisible();

        Browser.go(page, "/cameras/alone");
        assertThat(page.locator("[data-key=m]")).isVisible();
        page.keyboard().press("m");
        assertThat(canvas).isVisible();
        Inside.isAtTheCamera(page);
        page.reload();
        Inside.isAtTheCamera(page);
        assertThat(page).hasURL(city.url() + "/map?camera=alone");
        assertThat(page.locator(".map-card")).containsText("노은동 공원 9");
        Browser.go(page, "/map?camera=nope");
        assertThat(page.locator(".map-empty")).hasText("nope: no such camera is registered.");
        Browser.go(page, "/map?camera=hostile");
        assertThat(page.locator(".map-empty")).containsText("no latitude and longitude");
        page.locator(".map-tools button").first().click();
        assertThat(page.locator(".map-empty")).isHidden();
        assertThat(page.locator(".map-card")).isHidden();
    }

    @Test
    void theCameraTellsWhoseFaultItIsAndWhy() throws Exception {
        city.confirm("c-11", Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
        Page page = signedIn("en-GB", 1440, 900);
        page.navigate(city.url() + "/cameras?verdict=CAMERA_FAULT");
        page.locator(".rows").press("ArrowDown");
        page.locator(".rows").press("Enter");
        Locator detail = page.locator("camera-page");
        assertThat(detail).containsText("Camera fault");
        assertThat(detail).containsText("The picture is frozen");
        assertThat(detail).containsText("The camera’s vendor is told");
        assertThat(detail.locator(".history li")).not().hasCount(0);
        page.keyboard().press("Escape");
        assertThat(page).hasURL(city.url() + "/cameras?verdict=CAMERA_FAULT");
        assertThat(page.locator(".row[aria-selected='true']")).hasAttribute("data-id", "c-11");
        city.confirm("c-11", Verdict.HEALTHY, "OK", now());
    }

    @Test
    void anAddressIsShownAfterTheLoginToo() {
        Page page = browser.page(1440, 900, "en-GB", ColorScheme.DARK);
        page.navigate(city.url() + "/cameras?q=33");
        signIn(page);
        assertThat(page.locator(".row:visible")).hasAttribute("data-id", "c-33");
        assertThat(page.locator(".search input")).hasValue("33");
    }

    @Test
    void speaksTheBrowsersLanguageAndRemembersAnother() {
        Page page = browser.page(1440, 900, "ko-KR", ColorScheme.DARK);
        page.navigate(city.url());
        assertThat(page.locator("button[type=submit]")).hasText("로그인");
        signIn(page);
        assertThat(page.locator(".tile[data-verdict='HEALTHY']")).containsText("정상");
        page.locator("button.language").click();
        assertThat(page.locator(".tile[data-verdict='HEALTHY']")).containsText("Healthy");
        page.reload();
        assertThat(page.locator(".tile[data-verdict='HEALTHY']")).containsText("Healthy");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }

    @Test
    void aWrongPasswordIsSaidAndTheNextMayBeRight() {
        Page page = browser.page(1440, 900, "en-GB", ColorScheme.LIGHT);
        page.navigate(city.url());
        Browser.signIn(page, "admin", "wrong");
        assertThat(page.locator(".login-failure")).hasText("User or password is wrong.");
        Page beside = page.context().newPage();
        beside.navigate(city.url() + "/map");
        assertThat(beside.locator("login-form")).isVisible();
        signIn(page);
        assertThat(page.locator("wall-page")).isVisible();
        // who signs in on one page of a browser is known on the others
        assertThat(beside.locator("map-page")).isVisible();
    }

    @Test
    void everyPageIsWholeOnAPhone() {
        Page page = signedIn("ko-KR", 390, 844);
        Sweep.allPages(page, true);
        assertThat(page.locator("app-nav a[href='/map']")).isVisible();
    }

    @Test
    void everyPageIsWholeAtADesk() {
        Sweep.allPages(signedIn("en-GB", 1440, 900), false);
    }

    @Test
    void filtersByVerdictAndByWords() throws Exception {
        city.confirm("c-20", Verdict.LINE_FAULT, "HOST_UNREACHABLE", now());
        Page page = signedIn("en-GB", 1440, 900);
        page.locator(".tile[data-verdict='LINE_FAULT']").click();
        assertThat(page).hasURL(city.url() + "/cameras?verdict=LINE_FAULT");
        assertThat(page.locator(".row:visible")).hasCount(1);
        page.locator(".tile[data-verdict='ALL']").click();
        page.locator("select").first().selectOption("대덕구");
        assertThat(page.locator(".row:visible")).hasAttribute("data-id", "alone");
        page.locator(".rows").press("Escape");
        page.keyboard().press("/");
        page.keyboard().type("사거리 33");
        assertThat(page.locator(".row:visible")).hasCount(1);
        assertThat(page.locator(".row:visible")).hasAttribute("data-id", "c-33");
        assertThat(page).hasURL(Pattern.compile("q=%EC"));
        page.locator(".search input").fill("nothing like it");
        assertThat(page.locator("camera-list .message")).containsText("No camera matches.");
        city.confirm("c-20", Verdict.HEALTHY, "OK", now());
    }

    @Test
    void isUsedWithKeysAlone() throws Exception {
        city.confirm("c-31", Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
        Page page = signedIn("en-GB", 1440, 900);
        page.keyboard().press("?");
        assertThat(page.locator("dialog.keys")).containsText("check now");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.keys")).hasCount(0);
        page.keyboard().press("3");
        assertThat(page.locator(".row[data-id='c-31']")).isVisible();
        page.keyboard().press("/");
        page.keyboard().type("사거리 31");
        assertThat(page.locator(".row:visible")).hasCount(1);
        page.keyboard().press("Enter");
        page.keyboard().press("Enter");
        assertThat(page.locator("camera-page h1")).hasText("둔산동 사거리 31");
        assertThat(page.locator("[data-focus=edit]")).isVisible();
        page.keyboard().press("e");
        assertThat(page.locator("record-form input[name=name]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-focus=edit]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page).hasURL(Pattern.compile("/cameras\\?q="));

        page.keyboard().press("4");
        Locator card = page.locator(".issue-card").filter(with("사거리 31"));
        card.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".drawer")).containsText("둔산동 사거리 31");
        page.locator(".drawer input[name=assignee]").focus();
        page.keyboard().press("Escape");
        assertThat(page.locator(".drawer")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator(".drawer")).hasCount(0);
        assertThat(card).isFocused();
        city.confirm("c-31", Verdict.HEALTHY, "OK", now());
    }

    @Test
    void theKeyboardStaysWhereItWasWhenWhatItPressedIsShownAnew() {
        Page page = signedIn("en-GB", 1440, 900);
        Browser.go(page, "/reports");
        page.locator(".chips .chip").filter(with("30 days")).focus();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(city.url() + "/reports?days=30");
        assertThat(page.locator(".chip:focus")).hasText("30 days");

        Browser.go(page, "/map?at=36.35,127.38,18");
        Locator canvas = page.locator(".map-canvas");
        assertThat(page.locator(".map-key[data-verdict='HEALTHY'] b")).not().hasText("0");
        canvas.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".map-card a").first()).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator(".map-card")).isHidden();
        assertThat(canvas).isFocused();
    }

    @Test
    void aNameIsTextWhateverItHolds() {
        Page page = signedIn("en-GB", 1440, 900);
        page.navigate(city.url() + "/cameras?q=hostile");
        page.locator(".row[data-id='hostile']").click();
        assertThat(page.locator(".detail h1")).hasText(HOSTILE);
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.title()).doesNotContain("broken");
    }

    @Test
    void aCameraRegisteredMeanwhileAppears() throws Exception {
        Page page = signedIn("en-GB", 1440, 900);
        page.locator("app-nav a[href='/cameras']").click();
        // what could not be had is asked for again
        page.route(
                "**/api/statuses?*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
                new Page.RouteOptions().setTimes(2));
        city.camera("late", "노은동 공원 1", "L-1", "유성구", "한빛영상");
        city.confirm("late", Verdict.CAMERA_FAULT, "HTTP_404", now());
        assertThat(page.locator(".row[data-id='late']")).containsText("Camera fault");
        browser.troubles.removeIf(trouble -> trouble.contains("503"));
        city.confirm("late", Verdict.HEALTHY, "OK", now());
    }

    private Page signedIn(String locale, int width, int height) {
        return browser.signedIn(
                city, "/", "admin", Browser.options(width, height, locale, ColorScheme.DARK));
    }

    private static void signIn(Page page) {
        Browser.signIn(page, "admin", City.PASSWORD);
        assertThat(page.locator("app-nav")).isVisible();
    }
}
