package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * The pictures that the README shows, of the demo's city while it is watched, made anew by {@code
 * ./mvnw -pl api -am test -Pscreenshots -Dtest=ScreenshotsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("screenshots")
class ScreenshotsTest {

    /** Another folder takes every page in every way, to be looked through. */
    private static final Path FOLDER =
            Path.of(System.getProperty("screenshots.folder", "src/docs/screenshots"));

    private static final boolean EVERY = System.getProperty("screenshots.folder") != null;

    private static final String LIST =
            """
            CCTV관리번호,설치위치명,소재지도로명주소,위도,경도,IP,회선,관할구역,비고
            GR-0501,새봄로 어린이집 앞,가람시 새봄구 새봄로 71,36.7511,126.8992,127.16.9.1,L-33,새봄구,신설
            GR-0502,새봄로 정문,가람시 새봄구 새봄로 75,36.7513,126.8997,127.16.9.2,L-33,새봄구,신설
            GR-0503,호수로 입구,가람시 새봄구 호수로 3,136.75,126.8999,127.16.9.3,L-33,새봄구,신설
            GR-0504,호수로 다리,가람시 새봄구 호수로 9,36.7519,126.9003,10.0.0.999,L-33,새봄구,신설
            """;

    private static final String RECIPIENT = "line-garam";

    /** How a person looks at it. */
    private record Eyes(String name, boolean wide, String locale, ColorScheme theme) {}

    private static final List<Eyes> EYES =
            List.of(
                    new Eyes("ko-dark", true, "ko-KR", ColorScheme.DARK),
                    new Eyes("en-light", true, "en-GB", ColorScheme.LIGHT),
                    new Eyes("phone-ko-light", false, "ko-KR", ColorScheme.LIGHT),
                    new Eyes("phone-en-dark", false, "en-GB", ColorScheme.DARK));

    private static final List<String> PAGES =
            List.of(
                    "wall",
                    "map",
                    "cameras",
                    "camera",
                    "issues",
                    "issue",
                    "outages",
                    "notifications",
                    "recipients",
                    "policies",
                    "maintenance",
                    "templates",
                    "reports",
                    "import",
                    "access",
                    "users",
                    "audit");

    /** The demo's first fault and its end: a minute, and more on a busy machine. */
    private static final double FIRST_REPAIR_MS = 120_000;

    /** What somebody in the field opens. */
    private static final Set<String> ON_THE_PHONE =
            Set.of("wall", "map", "cameras", "camera", "issues", "issue", "inbox", "maintenance");

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
            for (Eyes eyes : EYES) {
                look(browser, city, eyes, "admin", PAGES);
                look(browser, city, eyes, "lineman", List.of("inbox"));
            }
        }
    }

    private static void look(
            Browser browser, City city, Eyes eyes, String who, List<String> pages) {
        Page page =
                browser.page(
                        eyes.wide() ? 1440 : 390,
                        eyes.wide() ? 900 : 844,
                        eyes.locale(),
                        eyes.theme());
        signIn(page, city, "/", who);
        for (String name : pages) {
            if (eyes.wide() || EVERY || ON_THE_PHONE.contains(name)) {
                show(page, city, name);
                shoot(page, name + "-" + eyes.name());
            }
        }
        page.context().close();
    }

    /** Until there is something to see: faults of every kind, and somebody at work. */
    private static void settle(Browser browser, City city) throws Exception {
        city.post(
                "/api/users",
                """
                {"name": "lineman", "role": "RECIPIENT", "recipientId": "%s", "password": "%s"}"""
                        .formatted(RECIPIENT, City.PASSWORD));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        work(city, "중앙국사 광케이블 절체", "동남구", now.minusSeconds(3600), now.plusSeconds(7200));
        work(city, "하천변 함체 교체", "강변구", now.plusSeconds(90_000), now.plusSeconds(100_000));
        city.post(
                "/api/maintenance-windows",
                """
                {"name": "월·목 새벽 영상 서버 점검", "scope": {"everything": true}, "repeat":
                 {"days": ["MONDAY", "THURSDAY"], "start": "03:00", "duration": "PT2H",
                  "timeZone": "Asia/Seoul"}}""");
        city.post(
                "/api/policies",
                """
                {"name": "야간 회선 장애", "priority": 10, "match": {"kinds": ["LINE"]},
                 "reminders": {"after": "PT30M", "every": "PT2H", "most": 5}}""");
        city.post("/api/tokens", "{\"name\": \"관제 대시보드 연동\", \"role\": \"VIEWER\"}");
        Page desk = browser.page(1440, 900, "ko-KR", ColorScheme.LIGHT);
        signIn(desk, city, "/issues", "admin");
        assertThat(desk.locator(".column-RESOLVED .issue-card"))
                .not()
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(FIRST_REPAIR_MS));
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

    private static void show(Page page, City city, String name) {
        String path =
                switch (name) {
                    case "camera" -> "/cameras?verdict=CAMERA_FAULT,LINE_FAULT";
                    case "issue" -> "/issues";
                    default -> "/" + name;
                };
        page.navigate(city.url() + path);
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
        page.mouse().move(5, 5);
        switch (name) {
            case "camera" -> {
                page.locator(".row:visible").first().click();
                assertThat(page.locator(".detail .card").first()).isVisible();
            }
            case "issue" -> {
                page.locator(".issue-card").first().click();
                assertThat(page.locator(".drawer .history li")).not().hasCount(0);
            }
            case "import" -> {
                page.locator("input[type=file]")
                        .setInputFiles(
                                new FilePayload(
                                        "신설 카메라.csv",
                                        "text/csv",
                                        LIST.getBytes(StandardCharsets.UTF_8)));
                assertThat(page.locator(".import-figures")).isVisible();
            }
            // some figures of the rate
            case "wall" -> page.waitForTimeout(12_000);
            default -> {
                // shown as it is
            }
        }
    }

    private static void work(City city, String name, String district, Instant starts, Instant ends)
            throws Exception {
        city.post(
                "/api/maintenance-windows",
                """
                {"name": "%s", "scope": {"districts": ["%s"]}, "startsAt": "%s", "endsAt": "%s"}"""
                        .formatted(name, district, starts, ends));
    }

    private static void signIn(Page page, City city, String path, String who) {
        page.navigate(city.url() + path);
        Browser.signIn(page, who, City.PASSWORD);
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
        page.mouse().move(5, 5);
    }

    private static void shoot(Page page, String name) {
        // animations of arrival are over
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
}
