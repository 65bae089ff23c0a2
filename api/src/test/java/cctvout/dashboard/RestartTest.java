package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.e2e.Product;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The server is killed and comes back; who looks at it does not load the page anew. */
@Timeout(300)
class RestartTest {

    private static final List<String> JVM =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final String CAMERA =
            """
            {"id": "c-1", "name": "둔산동 사거리 1", "ip": "127.9.9.9", "enabled": false}""";

    private static final String LATER =
            """
            {"id": "c-2", "name": "둔산동 사거리 2", "ip": "127.9.9.8", "enabled": false}""";

    @Test
    void thePageGoesOnWhereItWas(@TempDir Path folder) {
        assumeTrue(Browser.installed().isPresent(), "no Chromium in /usr/bin");
        try (var product = new Product(folder, JVM, List.of("--cctvout.roles=api,alerting"));
                var browser = Browser.open()) {
            product.console().post("/api/cameras", CAMERA);
            Page page = browser.page(1440, 900, "ko-KR", ColorScheme.DARK);
            page.navigate("http://127.0.0.1:" + product.port() + "/cameras");
            page.evaluate("() => { window.sameDocument = true; }");
            signIn(page);
            assertThat(page.locator(".row[data-id=c-1]")).isVisible();

            page.locator("app-nav a[href='/wall']").click();
            assertThat(page.locator("wall-page .wall-time")).isVisible();
            page.keyboard().press("f");
            product.kill();
            assertThat(page.locator(".live")).hasAttribute("data-state", "reconnecting");
            // in full screen there is no header that would say it
            assertThat(page.locator(".wall-alarm")).containsText("연결이 끊겼습니다");
            page.keyboard().press("f");
            page.locator("app-nav a[href='/reports']").click();
            assertThat(page.locator("main .message")).containsText("화면을 불러오지 못했습니다");
            assertThat(page.locator(".lost")).isVisible();
            product.startAgain();
            assertThat(page.locator("reports-page .page-head")).isVisible();
            page.locator("app-nav a[href='/cameras']").click();
            product.console().post("/api/cameras", LATER);

            // still signed in: a wall has nobody beside it
            assertThat(page.locator(".live")).hasAttribute("data-state", "live");
            assertThat(page.locator(".row[data-id=c-2]")).isVisible();
            assertThat(page).hasURL("http://127.0.0.1:" + product.port() + "/cameras");
            assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
        }
    }

    private static void signIn(Page page) {
        Browser.signIn(page, "admin", Product.PASSWORD);
        assertThat(page.locator(".live")).hasAttribute("data-state", "live");
    }
}
