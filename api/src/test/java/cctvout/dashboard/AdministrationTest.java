package cctvout.dashboard;

import static cctvout.dashboard.City.now;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.status.Verdict;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.regex.Pattern;

/** What is set up, and who may do what, in a real browser on the real application. */
class AdministrationTest extends PageRig {

    AdministrationTest() {
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
    void aUserIsMadeAndMayNoMoreThanItsRole() {
        Page page = signedIn("/users?edit=new", "ko-KR", "admin");
        Locator form = page.locator("record-form");
        form.locator("input[name=name]").fill("viewer1");
        form.locator("input[name=password]").fill("short");
        form.locator("button[type=submit]").click();
        assertThat(form.locator("[data-field=password] .field-wrong")).hasText("8자 이상이어야 합니다");
        assertThat(form.locator("input[name=password]")).isFocused();
        form.locator("input[name=password]").fill(City.PASSWORD);
        form.locator("button[type=submit]").click();
        assertThat(page.locator(".table tbody tr").filter(with("viewer1"))).containsText("열람자");

        Page theirs = signedIn("/users", "ko-KR", "viewer1");
        assertThat(theirs.locator("main")).hasText("이 화면을 볼 권한이 없습니다.상황판으로");
        assertThat(theirs.locator("app-nav a[href='/import']")).hasCount(0);
        theirs.locator("app-nav a[href='/access']").click();
        assertThat(theirs.locator(".tabs")).hasCount(0);
        theirs.context().close();

        page.locator("button.link").filter(with("admin")).click();
        form.locator("select[name=role]").selectOption("VIEWER");
        form.locator("button[type=submit]").click();
        assertThat(form.locator(".note")).containsText("“admin” 계정은 항상 관리자로");
    }

    @Test
    void aTokenIsShownOnceAndRevoked() {
        Page page = signedIn("/access?edit=new", "en-GB", "admin");
        page.locator("input[name=name]").fill("nightly report");
        page.locator("record-form button[type=submit]").click();
        assertThat(page.locator(".secret").last()).containsText("/api/status");
        String token = page.locator(".secret").first().innerText();
        assertThat(page.locator(".secret").last()).containsText("Authorization: Bearer " + token);
        page.keyboard().press("Escape");
        assertThat(page.locator(".drawer")).hasCount(0);
        assertThat(page.locator("[data-first]")).isFocused();
        Locator row = page.locator(".table tbody tr").filter(with("nightly report"));
        assertThat(row).containsText("never");
        assertThat(page.content()).doesNotContain(token);
        row.locator(".danger").click();
        row.locator(".danger").click();
        assertThat(page.locator(".table-place")).containsText("No token yet.");

        page.locator(".tabs a[href='/audit']").click();
        Locator audit = page.locator(".audit tbody tr");
        assertThat(audit.filter(with("Removed: token")).first()).containsText("admin");
        page.locator("audit-page input").last().fill("/api/tokens");
        assertThat(audit.filter(with("Signed in"))).hasCount(0);
        assertThat(audit).hasCount(2);
        page.locator("audit-page input").first().fill("nobody");
        assertThat(page.locator(".table-place")).containsText("No entry matches.");
    }

    @Test
    void aPolicyIsWrittenAndTriedInPlainWords() {
        Page page = signedIn("/policies?edit=new&camera=c-1&kind=LINE", "ko-KR", "admin");
        Locator trial = page.locator("policy-trial");
        assertThat(trial.locator(".trial-says")).hasText("해당하는 정책이 없어 기본 담당자에게 알립니다.");
        assertThat(trial.locator(".trial-told li")).containsText("회선 L-1 담당");

        Locator form = page.locator("record-form");
        form.locator("input[name=name]").fill("야간 회선");
        // what is tried beside it alters the address, and not what is written
        trial.locator("select").selectOption("CAMERA");
        assertThat(page).hasURL(Pattern.compile("kind=CAMERA"));
        trial.locator("select").selectOption("LINE");
        assertThat(page).hasURL(Pattern.compile("kind=LINE"));
        assertThat(form.locator("input[name=name]")).hasValue("야간 회선");
        form.locator("input[name='match.lines']").fill("L-1, L-99");
        form.locator("input[name='match.kinds'][value=LINE]").check();
        form.locator("input[name='tell.recipients'][value=line-desk]").check();
        form.locator("input[name=reminders]").check();
        form.locator("[data-part=reminders] input[name=every]").fill("20");
        form.locator("[data-part=reminders] input[name=most]").fill("2");
        form.locator("[data-field=escalations] > div > button").click();
        Locator step = form.locator(".part-one");
        form.locator("button[type=submit]").click();
        assertThat(step.locator(".field-wrong")).hasText("수신처나 역할을 선택하세요");
        assertThat(form.locator("[data-field='match.lines'] .field-wrong"))
                .hasText("L-99: 이 회선을 쓰는 카메라가 없습니다");
        form.locator("input[name='match.lines']").fill("L-1");
        step.locator("input[value=line-desk]").check();
        form.locator("button[type=submit]").click();

        assertThat(page.locator("tbody tr")).containsText("30분 뒤 다시 알림");
        assertThat(trial.locator(".trial-says")).containsText("야간 회선");
        assertThat(trial.locator(".trial-later li")).hasCount(3);
        assertThat(trial.locator(".trial-later li").nth(2)).containsText("상위 보고");
        trial.locator("select").selectOption("CAMERA");
        trial.locator("summary").last().click();
        assertThat(trial.locator(".trial-not").last()).containsText("다른 장애용: 회선");
        assertThat(trial).not().containsText(Pattern.compile("[a-z]{4,} [a-z]{2,}"));
        page.locator("button.link").filter(with("야간 회선")).first().click();
        assertThat(form.locator("input[name='match.kinds'][value=LINE]")).isChecked();
        assertThat(form.locator("[data-part=reminders] input[name=after]")).hasValue("30");
    }

    @Test
    void plannedWorkStandsInTheCalendarAndHoldsNotices() throws Exception {
        city.post(
                "/api/maintenance-windows",
                """
                {"name": "중앙국사 스위치 교체", "scope": {"lines": ["L-3"]}, "startsAt": "%s",
                 "endsAt": "%s"}"""
                        .formatted(now().minusSeconds(3600), now().plusSeconds(7200)));
        city.confirm("c-3", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());
        Page page = signedIn("/maintenance", "ko-KR", "admin");
        assertThat(page.locator(".work-now li")).containsText("중앙국사 스위치 교체");
        assertThat(page.locator(".work.active")).not().hasCount(0);
        assertThat(page.locator(".work-now li")).containsText("보류된 통보");

        page.navigate(city.url() + "/maintenance?day=2027-02-10&edit=new");
        Locator form = page.locator("record-form");
        form.locator("input[name=name]").fill("월요 점검");
        page.locator(".calendar .square").last().click();
        assertThat(page).hasURL(Pattern.compile("day=2027-03"));
        page.locator(".calendar .square").first().click();
        assertThat(page).hasURL(Pattern.compile("day=2027-02"));
        assertThat(form.locator("input[name=name]")).hasValue("월요 점검");
        form.locator("select[name=often]").selectOption("weekly");
        assertThat(form.locator("input[name=startsAt]")).isHidden();
        form.locator("input[value=MONDAY]").check();
        form.locator("input[name='repeat.start']").fill("03:00");
        form.locator("input[name='repeat.duration']").fill("2");
        form.locator("button[type=submit]").click();
        assertThat(form.locator("[data-field=scope] .field-wrong")).hasText("작업 대상을 선택하세요");
        form.locator("input[name='scope.lines']").fill("L-1");
        form.locator("button[type=submit]").click();
        assertThat(form).hasCount(0);
        assertThat(page.locator(".work")).hasCount(4);
        assertThat(page.locator(".work").first()).hasAttribute("aria-label", "03:00–05:00 월요 점검");
        page.locator(".calendar .chips button").last().click();
        assertThat(page.locator(".work")).hasCount(1);

        // what is over before it was told is no news for the wall
        city.camera("c-4", "도안동 입구 4", "L-3", "서구", "한빛영상");
        city.confirm("c-4", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now());
        Browser.go(page, "/notifications?status=CREATED");
        Locator held = page.locator(".notice-CREATED").filter(with("도안동 입구 4"));
        assertThat(held).not().hasCount(0);
        city.confirm("c-4", Verdict.HEALTHY, "OK", now());
        Browser.go(page, "/notifications?status=CANCELLED");
        assertThat(page.locator(".notice-CANCELLED").first()).containsText("도안동 입구 4");
        Browser.go(page, "/wall");
        assertThat(page.locator(".feed li").filter(with("도안동 입구 4"))).hasCount(2);

        Browser.go(page, "/maintenance");
        assertThat(page.locator("maintenance-page [data-first]")).isVisible();
        page.keyboard().press("n");
        assertThat(form.locator("input[name=name]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-first]")).isFocused();
        Locator end = page.locator(".work-now .quiet");
        end.click();
        end.click();
        assertThat(page.locator(".work-now")).containsText("없습니다.");
    }
}
