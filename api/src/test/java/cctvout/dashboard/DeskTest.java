package cctvout.dashboard;

import static cctvout.dashboard.City.now;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.status.Verdict;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What the desk does with a fault, in a real browser on the real application. */
class DeskTest extends PageRig {

    private static final String LIST =
            """
            CCTV관리번호,설치위치명,위도,경도,IP,회선
            new-1,새길 1,36.36,127.39,10.9.0.1,L-77
            new-2,새길 2,36.37,127.39,not an ip,L-77
            """;

    @BeforeAll
    void cameras() throws Exception {
        city.camera("c-1", "둔산동 사거리 1", "L-1", "서구", "한빛영상");
        city.confirm("c-1", Verdict.HEALTHY, "OK", now().minusSeconds(600));
    }

    @Test
    void aFaultIsAssignedVisitedAndRecoversOnTheBoard() throws Exception {
        Page page = signedIn("/issues", "ko-KR");
        city.confirm("c-1", Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
        Locator card = page.locator(".column-OPEN .issue-card");
        city.patch(
                "/api/issues/" + card.getAttribute("data-issue"),
                "{\"plannedVisitAt\": \"2030-05-01T01:30:15Z\"}");
        card.click();
        Locator drawer = page.locator(".drawer");
        assertThat(drawer).containsText("화면 멈춤");
        assertThat(drawer.locator(".because-lines")).containsText("4회 중 4회 응답");
        assertThat(drawer.locator(".told li")).containsText("수신함");
        assertThat(drawer.locator(".told li")).containsText("전송됨");
        // what cannot be taken back is asked for twice
        drawer.locator(".drawer-steps .quiet").click();
        assertThat(drawer.locator(".drawer-steps .quiet")).containsText("정말 취소할까요?");
        drawer.locator("input[name=assignee]").fill("김민수");
        drawer.locator("button[type=submit]").first().click();
        assertThat(drawer.locator(".drawer-steps .note")).hasText("저장했습니다.");
        Locator visits = drawer.locator(".history li").filter(with("방문 일정"));
        assertThat(visits).hasCount(1);
        drawer.locator("input[name=visit]").fill("");
        drawer.locator("button[type=submit]").first().click();
        assertThat(visits).hasCount(2);
        assertThat(visits.first()).containsText("→ –");
        drawer.locator("input[name=visit]").fill("2030-05-01T10:30");
        drawer.locator("button[type=submit]").first().click();
        assertThat(visits).hasCount(3);
        drawer.locator(".drawer-steps .primary").click();
        assertThat(drawer.locator(".state").first()).hasText("처리 중");
        assertThat(page.locator(".column-IN_PROGRESS .issue-card")).containsText("김민수");
        assertThat(drawer.locator(".history li").first()).containsText("처리 시작");
        assertThat(drawer).isFocused();
        page.keyboard().press("Escape");
        assertThat(drawer).hasCount(0);

        city.confirm("c-1", Verdict.HEALTHY, "OK", now());
        assertThat(page.locator(".column-RESOLVED .issue-card")).containsText("둔산동 사거리 1");
        assertThat(page.locator(".column-IN_PROGRESS .issue-card")).hasCount(0);
        page.locator("app-nav a[href='/notifications']").click();
        assertThat(page.locator(".notices tbody tr")).hasCount(2);
        assertThat(page.locator(".notices")).containsText("전송됨");

        // a row stays what it is when others come: who is about to press in it does not lose it
        assertThat(page.locator(".notices .notice-SENT")).hasCount(2);
        page.evaluate("() => { window.row = document.querySelector('.notices tbody tr'); }");
        city.confirm("c-1", Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
        assertThat(page.locator(".notices tbody tr")).hasCount(3);
        assertThat(page.evaluate("() => window.row.isConnected")).isEqualTo(true);
        city.confirm("c-1", Verdict.HEALTHY, "OK", now());
    }

    @Test
    void aListIsLookedAtBeforeItIsTaken() {
        Page page = signedIn("/import", "en-GB");
        page.locator("input[type=file]")
                .setInputFiles(
                        new FilePayload(
                                "list.csv", "text/csv", LIST.getBytes(StandardCharsets.UTF_8)));
        Locator result = page.locator(".import-result");
        assertThat(result).containsText("Preview, nothing changed yet");
        assertThat(result.locator("tbody tr")).containsText("not an ip");
        assertThat(result.locator("a[download='errors.csv']")).isVisible();
        result.locator("button.primary").click();
        assertThat(result).containsText("Applied");
        Browser.go(page, "/cameras?line=L-77");
        assertThat(page.locator(".row:visible")).containsText("새길 1");
    }

    @Test
    void aRecipientsSecretGoesInAndNeverComesOut() {
        Page page = signedIn("/recipients?edit=new", "en-GB");
        Locator form = page.locator("record-form");
        form.locator("input[name=id]").fill("hook");
        form.locator("input[name=name]").fill("Line desk");
        form.locator("input[name=lines]").fill("L-1, L-2");
        form.locator(".channels > select").selectOption("webhook");
        form.locator("input[data-name=url]").fill("https://10.9.8.7/hook");
        form.locator("input[data-name=secret]").fill("top-secret-of-mine");
        form.locator("button[type=submit]").click();
        assertThat(form).hasCount(0);
        page.locator("button.link").filter(with("Line desk")).click();
        assertThat(form.locator("input[data-name=secret]")).hasValue("");
        assertThat(form.locator("input[name=lines]")).hasValue("L-1, L-2");
        assertThat(page.content()).doesNotContain("top-secret-of-mine");
        form.locator(".danger").click();
        form.locator(".danger").click();
        assertThat(page.locator(".table-place")).not().containsText("Line desk");
    }

    @Test
    void aTextIsTriedWhileItIsWrittenKeptAndTakenBack() {
        Page page = signedIn("/templates?language=en", "en-GB");
        Locator form = page.locator(".text-edit");
        Locator shown = page.locator(".text-shown");
        assertThat(shown).containsText("3 other cameras on line L-17 also silent");
        form.locator("input[name=subject]").fill("Look at ");
        form.locator(".text-names button").filter(with("camera")).click();
        assertThat(shown.locator("blockquote").first()).hasText("Look at Bus terminal (C-017)");
        form.locator("textarea[name=short]").fill("{nothing}");
        assertThat(shown.locator(".bad")).containsText("{nothing}");
        form.locator("button[type=submit]").click();
        assertThat(form.locator(".note")).hasClass(Pattern.compile("bad"));
        browser.troubles.removeIf(trouble -> trouble.contains("400"));
        form.locator("textarea[name=short]").fill("{camera}!");
        assertThat(shown.locator("blockquote").last()).hasText("Bus terminal (C-017)!");
        form.locator("button[type=submit]").click();
        assertThat(form).containsText("Changed by admin");
        assertThat(page.locator(".text-kinds .tag")).hasCount(1);
        form.locator("button.quiet").click();
        assertThat(form).containsText("This is the built-in text.");
        assertThat(page.locator(".text-kinds .tag")).hasCount(0);
    }

    @Test
    void aCommentStandsInTheIssuesHistory() throws Exception {
        Page page = signedIn("/issues", "en-GB");
        city.camera("c-2", "둔산동 사거리 2", "L-1", "서구", "한빛영상");
        city.confirm("c-2", Verdict.CAMERA_FAULT, "STALE_PLAYLIST", now());
        page.locator(".column-OPEN .issue-card").first().click();
        Locator drawer = page.locator(".drawer");
        Locator comment = drawer.locator("form.comment textarea");
        comment.pressSequentially("the pole was hit");
        page.evaluate("() => { window.box = document.querySelector('form.comment textarea'); }");
        String issue = page.url().substring(page.url().lastIndexOf('/'));
        city.patch("/api/issues" + issue, "{\"assignee\": \"somebody else\"}");
        assertThat(page.locator(".column-OPEN .issue-card").first()).containsText("somebody else");
        page.keyboard().type(" by a lorry");
        assertThat(page.evaluate("() => document.activeElement === window.box")).isEqualTo(true);
        page.keyboard().press("Escape");
        assertThat(drawer.locator("input[name=assignee]")).hasValue("somebody else");
        page.keyboard().press("Escape");
        assertThat(drawer).hasCount(0);
        page.locator(".column-OPEN .issue-card").first().click();
        assertThat(comment).hasValue("the pole was hit by a lorry");
        // pressed twice it is still said once
        drawer.locator("form.comment button").dblclick();
        assertThat(drawer.locator(".history li").first())
                .containsText("the pole was hit by a lorry");
        assertThat(comment).hasValue("");
        assertThat(drawer.locator(".history li").filter(with("by a lorry"))).hasCount(1);
        // what is undone at once is not said to be done
        page.route(
                "**/api" + page.url().substring(page.url().indexOf("/issues")),
                route -> route.fulfill(new Route.FulfillOptions().setBody("{}")),
                new Page.RouteOptions().setTimes(1));
        drawer.locator(".drawer-steps button").filter(with("Mark as resolved")).click();
        assertThat(drawer.locator(".drawer-steps .note"))
                .hasText("Comment: the pole was hit by a lorry");
        drawer.locator(".drawer-steps button").filter(with("Mark as resolved")).click();
        assertThat(drawer).containsText("Checking whether it is really repaired.");
        city.confirm("c-2", Verdict.HEALTHY, "OK", now());
        assertThat(drawer.locator(".history li").first()).containsText("The fault is over");
        assertThat(drawer.locator(".history li").first()).containsText("became Healthy");
    }

    @Test
    void aSmallLaptopShowsTheWholeMenuAndAPhoneOnItsSideTheList() {
        Page page = signedIn("/wall", "ko-KR");
        page.setViewportSize(1280, 720);
        Locator last = page.locator("app-nav a[href='/access']");
        assertThat(last).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        page.setViewportSize(640, 360);
        Browser.go(page, "/cameras");
        page.locator(".rows").scrollIntoViewIfNeeded();
        assertThat(page.locator(".rows").boundingBox().height).isGreaterThan(200);
    }

    @Test
    void aPageThatNobodySeesLetsGoOfItsConnectionAndMissesNothing() throws Exception {
        Page page = signedIn("/cameras", "en-GB");
        city.camera("c-3", "둔산동 사거리 3", "L-1", "서구", "한빛영상");
        assertThat(page.locator(".row[data-id='c-1']")).isVisible();
        page.clock().install();
        Inside.watchStreams(page);
        Inside.seen(page, false);
        page.clock().fastForward(11_000);
        city.confirm(List.of("c-3"), Verdict.DEGRADED, "LOSS", now());
        assertThat(page.evaluate("() => window.opened")).isNull();
        Inside.seen(page, true);
        page.waitForFunction("() => window.opened?.includes('&after=')");
        assertThat(page.locator(".row[data-id='c-3']")).containsText("Degraded");
        city.confirm("c-3", Verdict.HEALTHY, "OK", now());
    }

    @Test
    void aServerThatIsNotReadyIsWaitedForWithoutAskingForAPassword() {
        Page page = signedIn("/wall", "en-GB");
        page.route(
                "**/api/session",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
                new Page.RouteOptions().setTimes(1));
        page.route(
                "**/api/issues?status=OPEN*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
                new Page.RouteOptions().setTimes(1));
        page.reload();
        assertThat(page.locator("cctv-app > .message")).containsText("Connecting to the server.");
        assertThat(page.locator("login-form")).hasCount(0);
        assertThat(page.locator("wall-page")).isVisible();
        // what could not be had is not said to be nothing, and is asked for again
        assertThat(page.locator("issue-list .message")).containsText("Could not be loaded");
        assertThat(page.locator("issue-list")).not().containsText("Could not be loaded");
        browser.troubles.removeIf(trouble -> trouble.contains("503"));
    }

    @Test
    void theLatestWordOnAnIssueCounts() {
        Page page = signedIn("/access", "en-GB");
        assertThat(Inside.latestWord(page)).isEqualTo("b 2, c 1, d 3, old 1; OPEN");
        assertThat(Inside.figures(page)).isEqualTo("99.9 100 true true");
    }
}
