package cctvout.dashboard;

import static cctvout.dashboard.City.now;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.status.Verdict;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * One shift of two people, with the city's own list of cameras: the desk in Korean, a technician
 * with a phone in English. No page is loaded anew.
 */
@Timeout(180)
class ShiftTest {

    private static final Path LIST =
            Path.of("src/test/resources/cctvout/importing/open-data-ms949.csv");

    @Test
    void fromTheListToTheRepair(@TempDir Path data) throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium in /usr/bin");
        try (var city = City.start(data);
                var browser = Browser.open()) {
            Page desk = browser.page(1440, 900, "ko-KR", ColorScheme.DARK);
            Page phone = browser.page(390, 844, "en-GB", ColorScheme.LIGHT);
            signIn(desk, city, "/import");
            desk.locator("input[type=file]").setInputFiles(LIST);
            desk.locator(".import-result button.primary").click();
            assertThat(desk.locator(".import-result")).containsText("적용 완료");
            Browser.go(desk, "/cameras");
            assertThat(desk.locator("camera-list .panel-head > .count")).containsText("12대");
            String camera = desk.locator(".row:visible").nth(3).getAttribute("data-id");
            String name = desk.locator(".row:visible").nth(3).locator("b").textContent();
            signIn(phone, city, "/map");

            city.confirm(camera, Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
            assertThat(desk.locator(".row[data-id='" + camera + "']")).containsText("화면 멈춤");
            assertThat(phone.locator(".map-key[data-verdict='CAMERA_FAULT'] b")).hasText("1");
            Browser.go(phone, "/wall");
            assertThat(phone.locator(".tile[data-verdict='CAMERA_FAULT'] .count")).hasText("1");
            assertThat(phone.locator("live-feed")).containsText(name);

            Browser.go(desk, "/issues");
            desk.locator(".column-OPEN .issue-card").click();
            Locator drawer = desk.locator(".drawer");
            drawer.locator("input[name=assignee]").fill("김민수");
            drawer.locator("button[type=submit]").first().click();
            assertThat(drawer.locator(".drawer-steps .note")).hasText("저장했습니다.");

            drawer.locator(".drawer-steps .primary").click();
            assertThat(drawer.locator(".state").first()).hasText("처리 중");
            drawer.locator(".drawer-steps button")
                    .filter(new Locator.FilterOptions().setHasText("해결 처리"))
                    .click();
            assertThat(drawer.locator(".history")).containsText("해결");

            city.confirm(camera, Verdict.HEALTHY, "OK", now());
            assertThat(phone.locator(".tile[data-verdict='CAMERA_FAULT'] .count")).hasText("0");
            assertThat(phone.locator("live-feed")).containsText("recovered");
            assertThat(desk.locator(".column-RESOLVED .issue-card")).containsText(name);
            assertThat(desk.evaluate("() => window.sameDocument")).isEqualTo(true);
            assertThat(phone.evaluate("() => window.sameDocument")).isEqualTo(true);
            assertThat((int) phone.evaluate("() => document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }

    private static void signIn(Page page, City city, String path) {
        page.navigate(city.url() + path);
        page.evaluate("() => { window.sameDocument = true; }");
        Browser.signIn(page, "admin", City.PASSWORD);
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
    }
}
