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

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a party outside of the control room sees and answers, in a real browser. */
class PartyTest extends PageRig {

    PartyTest() {
        super(REFUSALS);
    }

    @BeforeAll
    void cameras() throws Exception {
        city.camera("c-1", "둔산동 사거리 1", "L-1", "서구", "한빛영상");
        city.camera("c-2", "노은동 공원 2", "L-2", "유성구", "한빛영상");
        city.post(
                "/api/recipients",
                """
                {"id": "line-desk", "name": "한빛통신", "role": "LINE_OPERATOR", "lines": ["L-1"],
                 "language": "ko", "channels": [{"type": "inbox"}]}""");
        city.camera("c-3", "도안동 입구 3", "L-3", "서구", "한빛영상");
    }

    @Test
    void aRecipientSeesAndAnswersWhatItWasToldOfAndNothingElse() throws Exception {
        city.post(
                "/api/users",
                """
                {"name": "lineman", "role": "RECIPIENT", "recipientId": "line-desk",
                 "password": "%s"}"""
                        .formatted(City.PASSWORD));
        city.confirm("c-2", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());
        city.confirm("c-1", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());
        Page page = signedIn("/", "ko-KR", "lineman");
        Locator letter = page.locator(".letter.unread");
        assertThat(letter).containsText("둔산동 사거리 1");
        assertThat(page.locator("app-nav a")).hasCount(4);
        letter.locator("a").click();
        Locator drawer = page.locator(".drawer");
        assertThat(drawer.locator(".drawer-steps button")).hasCount(2);
        // as a link in a mail opens it
        assertThat(page).hasURL(Pattern.compile("/issues/[^/]+$"));
        page.reload();
        assertThat(drawer.locator(".drawer-steps button")).hasCount(2);
        drawer.locator(".drawer-steps .primary").click();
        assertThat(drawer.locator(".state").first()).hasText("처리 중");
        page.locator(".drawer-close").click();
        page.locator("app-nav a[href='/issues']").click();
        assertThat(page.locator(".issue-card")).hasCount(1);
        assertThat(page.locator(".column-IN_PROGRESS .issue-card")).containsText("둔산동 사거리 1");
        page.locator("app-nav a[href='/cameras']").click();
        assertThat(page.locator(".row:visible")).hasCount(1);
        page.locator(".row:visible").click();
        assertThat(page.locator(".detail .card").first()).isVisible();
        assertThat(page.locator("camera-page h1")).hasText("둔산동 사거리 1");

        // what they closed themselves recovers later, and one request that fails hides no camera
        page.locator(".camera-issues a").first().click();
        drawer.locator(".drawer-steps button").click();
        assertThat(drawer.locator(".state").first()).hasText("해결");
        page.route(
                "**/api/cameras/c-1",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
                new Page.RouteOptions().setTimes(1));
        page.navigate(city.url() + "/cameras");
        assertThat(page.locator(".row:visible")).containsText("회선 장애");
        browser.troubles.removeIf(trouble -> trouble.contains("503"));
        city.confirm("c-1", Verdict.HEALTHY, "OK", now());
        assertThat(page.locator(".row:visible")).containsText("정상");
        page.locator("app-nav a[href='/inbox']").click();
        assertThat(page.locator(".letter")).hasCount(2);
        assertThat(page.locator(".letter.unread")).hasCount(1);
        page.navigate(city.url() + "/outages/of-others");
        page.locator(".drawer-close").click();
        assertThat(page.locator(".letter")).hasCount(2);
        page.navigate(city.url() + "/recipients");
        assertThat(page.locator("main")).containsText("이 화면을 볼 권한이 없습니다.");

        // of another's nothing is said, neither that it is unknown nor that it was never checked
        page.navigate(city.url() + "/cameras/c-2");
        assertThat(page.locator("camera-page .message.bad")).hasText("담당하는 카메라가 아닙니다.");
        assertThat(page.locator("camera-page .badge")).hasCount(0);
        assertThat(page.locator("camera-page .actions .primary")).hasCount(0);
    }

    @Test
    void anOutageIsReadOnceAndAnsweredWhereItsNoticeLeads() throws Exception {
        city.post(
                "/api/recipients",
                """
                {"id": "ring-desk", "name": "누리통신", "role": "LINE_OPERATOR", "lines": ["L-9"],
                 "language": "ko", "channels": [{"type": "webhook", "url": "http://127.0.0.1:9/hook",
                 "secret": "a-secret-of-the-test"}, {"type": "inbox"}]}""");
        city.post(
                "/api/users",
                """
                {"name": "ringman", "role": "RECIPIENT", "recipientId": "ring-desk",
                 "password": "%s"}"""
                        .formatted(City.PASSWORD));
        List<String> cameras = IntStream.rangeClosed(1, 8).mapToObj(i -> "r-" + i).toList();
        for (String id : cameras) {
            city.camera(id, "순환로 " + id, "L-9", "대덕구", "한빛영상");
        }
        city.confirm(cameras, Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());

        Page phone =
                browser.signedIn(
                        city,
                        "/",
                        "ringman",
                        Browser.options(390, 844, "ko-KR", ColorScheme.LIGHT));
        Locator letter = phone.locator(".letter");
        assertThat(letter).hasCount(1);
        assertThat(letter.locator(".who")).hasText("집단 장애 · 회선 L-9");
        assertThat(letter.locator(".tag")).hasCount(2);
        assertThat(letter.locator(".tag").first()).hasText("수신함 · 전송됨");
        letter.locator("a").click();
        Locator issues = phone.locator(".outage-issues a");
        assertThat(phone).hasURL(Pattern.compile("/outages/[^/]+$"));
        phone.reload();
        assertThat(issues).hasCount(6);
        assertThat(phone.locator(".outage-open h3")).hasText("열린 이슈 8건");
        assertThat(phone.locator(".outage-how")).containsText("재알림과 상위 보고가 멈춥니다");
        assertThat(Sweep.defects(phone, true)).isEmpty();
        issues.last().click();
        phone.locator(".drawer-steps .primary").click();
        assertThat(phone.locator(".drawer .state").first()).hasText("처리 중");
        phone.locator(".drawer-close").click();
        assertThat(issues.first().locator(".state")).hasText("처리 중");
        assertThat(phone.locator(".outage-how")).isHidden();
        phone.locator(".drawer-close").click();
        assertThat(letter).not().hasClass(Pattern.compile("unread"));

        Page desk = signedIn("/outages", "en-GB", "admin");
        desk.locator(".outage").filter(with("L-9")).click();
        assertThat(desk.locator(".outage-issues .state-IN_PROGRESS")).hasText("In progress");
        desk.locator(".outage-open .told-all").click();
        assertThat(desk.locator(".issue-card")).hasCount(8);
        assertThat(desk.locator(".page-head .chip").first()).hasText("Of one outage");
        desk.locator(".page-head .chip").first().click();
        assertThat(desk.locator(".page-head .chip").first()).hasText("All");
    }
}
