package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.status.Verdict;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/**
 * The pictures that the README shows, made anew by {@code ./mvnw -pl api -am test -Pscreenshots
 * -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("screenshots")
class ScreenshotsTest {

    private static final Path FOLDER = Path.of("src/docs/screenshots");
    private static final int CAMERAS = 240;
    private static final List<String> AREAS =
            List.of("둔산동", "탄방동", "갈마동", "월평동", "가오동", "판암동", "봉명동", "노은동");
    private static final List<String> CORNERS =
            List.of("사거리", "초등학교 앞", "공원 입구", "시장 북문", "하천 산책로", "지하차도", "버스정류장");
    private static final List<String> DISTRICTS = List.of("서구", "동구", "유성구", "대덕구", "중구");

    private record Fault(Verdict verdict, String reason) {}

    private static final List<Fault> FAULTS =
            List.of(
                    new Fault(Verdict.LINE_FAULT, "ICMP_TIMEOUT"),
                    new Fault(Verdict.CAMERA_FAULT, "STALE_PLAYLIST"),
                    new Fault(Verdict.LINE_FAULT, "HOST_UNREACHABLE"),
                    new Fault(Verdict.CAMERA_FAULT, "HTTP_404"),
                    new Fault(Verdict.STREAM_SERVER_FAULT, "CONNECT_REFUSED"),
                    new Fault(Verdict.DEGRADED, "SLOW"),
                    new Fault(Verdict.CAMERA_FAULT, "SEGMENT_NOT_MEDIA"));

    @Test
    void pagesAsTheReadmeShowsThem(@TempDir Path data) throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium in /usr/bin");
        Files.createDirectories(FOLDER);
        try (var city = City.start(data);
                var browser = Browser.open()) {
            populate(city);
            take(browser, city, "wall-ko-dark", 1440, 900, "ko-KR", ColorScheme.DARK, false);
            take(browser, city, "wall-en-light", 1440, 900, "en-GB", ColorScheme.LIGHT, false);
            take(browser, city, "camera-en-dark", 1440, 900, "en-GB", ColorScheme.DARK, true);
            take(browser, city, "phone-ko-dark", 390, 844, "ko-KR", ColorScheme.DARK, false);
            take(
                    browser,
                    city,
                    "phone-camera-ko-light",
                    390,
                    844,
                    "ko-KR",
                    ColorScheme.LIGHT,
                    true);
            Page login = browser.page(1440, 900, "ko-KR", ColorScheme.DARK);
            login.navigate(city.url());
            assertThat(login.locator("button[type=submit]")).isVisible();
            shoot(login, "login-ko-dark");
        }
    }

    private static void populate(City city) throws Exception {
        var random = new Random(7);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < CAMERAS; i++) {
            String id = "DJ-%04d".formatted(i);
            String name = AREAS.get(i % 8) + " " + CORNERS.get(i % 7) + " " + (i % 30 + 1);
            city.camera(id, name, "L-%02d".formatted(i % 24), DISTRICTS.get(i % 5), "한빛영상");
            city.confirm(id, Verdict.HEALTHY, "OK", now.minus(Duration.ofDays(3)));
        }
        for (int i = 0; i < 30; i++) {
            Fault fault = FAULTS.get(i % FAULTS.size());
            String id = "DJ-%04d".formatted(random.nextInt(CAMERAS));
            Instant at = now.minusSeconds((30 - i) * 97L);
            city.confirm(id, fault.verdict(), fault.reason(), at);
            if (i % 3 == 0) {
                city.confirm(id, Verdict.HEALTHY, "OK", at.plusSeconds(80));
            }
        }
    }

    private static void take(
            Browser browser,
            City city,
            String name,
            int width,
            int height,
            String locale,
            ColorScheme colours,
            boolean camera) {
        Page page = browser.page(width, height, locale, colours);
        page.navigate(city.url());
        page.locator("input[name=username]").fill("admin");
        page.locator("input[name=password]").fill(City.PASSWORD);
        page.locator("button[type=submit]").click();
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
        assertThat(page.locator(".engine")).isVisible();
        if (camera) {
            page.locator(".row[data-verdict='CAMERA_FAULT']").first().click();
            assertThat(page.locator(".detail .card").first()).isVisible();
        }
        shoot(page, name);
        page.context().close();
    }

    private static void shoot(Page page, String name) {
        // animations of arrival are over
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
}
