package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures that the README shows, of the demo's city while it is watched, made anew by {@code
 * ./mvnw -pl api -am test -Pscreenshots -Dtest=ScreenshotsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("screenshots")
class ScreenshotsTest {

    private static final Path FOLDER = Path.of("src/docs/screenshots");

    private static final String LIST =
            """
            CCTV관리번호,설치위치명,소재지도로명주소,위도,경도,IP,회선,관할구역,비고
            GR-0501,새봄로 어린이집 앞,가람시 새봄구 새봄로 71,36.7511,126.8992,127.16.9.1,L-33,새봄구,신설
            GR-0502,새봄로 정문,가람시 새봄구 새봄로 75,36.7513,126.8997,127.16.9.2,L-33,새봄구,신설
            GR-0503,호수로 입구,가람시 새봄구 호수로 3,136.75,126.8999,127.16.9.3,L-33,새봄구,신설
            GR-0504,호수로 다리,가람시 새봄구 호수로 9,36.7519,126.9003,10.0.0.999,L-33,새봄구,신설
            """;

    private record Shot(String name, String path, boolean wide, String locale, ColorScheme theme) {}

    private static final List<Shot> SHOTS =
            List.of(
                    new Shot("wall-ko-dark", "/wall", true, "ko-KR", ColorScheme.DARK),
                    new Shot("wall-en-light", "/wall", true, "en-GB", ColorScheme.LIGHT),
                    new Shot("map-ko-dark", "/map", true, "ko-KR", ColorScheme.DARK),
                    new Shot("map-en-light", "/map", true, "en-GB", ColorScheme.LIGHT),
                    new Shot("cameras-ko-light", "/cameras", true, "ko-KR", ColorScheme.LIGHT),
                    new Shot("camera-en-dark", "CAMERA", true, "en-GB", ColorScheme.DARK),
                    new Shot("issues-ko-dark", "/issues", true, "ko-KR", ColorScheme.DARK),
                    new Shot("issue-en-light", "ISSUE", true, "en-GB", ColorScheme.LIGHT),
                    new Shot(
                            "notifications-ko-dark",
                            "/notifications",
                            true,
                            "ko-KR",
                            ColorScheme.DARK),
                    new Shot(
                            "recipients-en-light", "/recipients", true, "en-GB", ColorScheme.LIGHT),
                    new Shot("templates-ko-light", "/templates", true, "ko-KR", ColorScheme.LIGHT),
                    new Shot("reports-ko-dark", "/reports", true, "ko-KR", ColorScheme.DARK),
                    new Shot("import-ko-light", "/import", true, "ko-KR", ColorScheme.LIGHT),
                    new Shot("phone-wall-ko-dark", "/wall", false, "ko-KR", ColorScheme.DARK),
                    new Shot("phone-map-en-light", "/map", false, "en-GB", ColorScheme.LIGHT),
                    new Shot("phone-cameras-ko-dark", "/cameras", false, "ko-KR", ColorScheme.DARK),
                    new Shot("phone-camera-ko-light", "CAMERA", false, "ko-KR", ColorScheme.LIGHT),
                    new Shot("phone-issues-ko-light", "/issues", false, "ko-KR", ColorScheme.LIGHT),
                    new Shot("phone-issue-en-dark", "ISSUE", false, "en-GB", ColorScheme.DARK));

    @Test
    void pagesAsTheReadmeShowsThem(@TempDir Path data) throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium in /usr/bin");
        Files.createDirectories(FOLDER);
        try (var city = City.demo(data);
                var browser = Browser.open()) {
            Page login = browser.page(1440, 900, "ko-KR", ColorScheme.DARK);
            login.navigate(city.url());
            assertThat(login.locator("button[type=submit]")).isVisible();
            shoot(login, "login-ko-dark");
            settle(browser, city);
            for (Shot shot : SHOTS) {
                take(browser, city, shot);
            }
        }
    }

    /** Until there is something to see: faults of every kind, and somebody at work. */
    private static void settle(Browser browser, City city) {
        Page desk = browser.page(1440, 900, "ko-KR", ColorScheme.LIGHT);
        signIn(desk, city, "/issues");
        assertThat(desk.locator(".column-RESOLVED .issue-card")).not().hasCount(0);
        for (String who : List.of("김민수", "이서연")) {
            desk.locator(".column-OPEN .issue-card").first().click();
            Locator drawer = desk.locator(".drawer");
            drawer.locator("input[name=assignee]").fill(who);
            drawer.locator("input[name=visit]").fill("2030-05-02T10:30");
            drawer.locator("button[type=submit]").first().click();
            assertThat(drawer.locator(".drawer-steps .note")).not().hasText("");
            desk.keyboard().press("Escape");
        }
        desk.context().close();
    }

    private static void take(Browser browser, City city, Shot shot) {
        Page page =
                browser.page(
                        shot.wide() ? 1440 : 390,
                        shot.wide() ? 900 : 844,
                        shot.locale(),
                        shot.theme());
        String start =
                switch (shot.path()) {
                    case "CAMERA" -> "/cameras?verdict=CAMERA_FAULT,LINE_FAULT";
                    case "ISSUE" -> "/issues";
                    default -> shot.path();
                };
        signIn(page, city, start);
        if (shot.path().equals("CAMERA")) {
            page.locator(".row:visible").first().click();
            assertThat(page.locator(".detail .card").first()).isVisible();
        } else if (shot.path().equals("ISSUE")) {
            page.locator(".column-OPEN .issue-card").first().click();
            assertThat(page.locator(".drawer .history li")).not().hasCount(0);
        } else if (shot.path().equals("/import")) {
            page.locator("input[type=file]")
                    .setInputFiles(
                            new FilePayload(
                                    "신설 카메라.csv",
                                    "text/csv",
                                    LIST.getBytes(StandardCharsets.UTF_8)));
            assertThat(page.locator(".import-figures")).isVisible();
        }
        if (shot.path().equals("/wall")) {
            // some figures of the rate
            page.waitForTimeout(12_000);
        }
        shoot(page, shot.name());
        page.context().close();
    }

    private static void signIn(Page page, City city, String path) {
        page.navigate(city.url() + path);
        page.locator("input[name=username]").fill("admin");
        page.locator("input[name=password]").fill(City.PASSWORD);
        page.locator("button[type=submit]").click();
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
        page.mouse().move(5, 5);
    }

    private static void shoot(Page page, String name) {
        // animations of arrival are over
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
}
