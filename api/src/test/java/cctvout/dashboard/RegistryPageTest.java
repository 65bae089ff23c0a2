package cctvout.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.status.Verdict;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Cameras registered, changed and taken away by hand, or from a list that names its columns oddly.
 */
class RegistryPageTest extends PageRig {

    RegistryPageTest() {
        super(REFUSALS);
    }

    @BeforeAll
    void cameras() throws Exception {
        city.camera("r-1", "둔산동 사거리 1", "L-1", "서구", "한빛영상");
    }

    @Test
    void aCameraIsRegisteredFoundByItsZoneChangedAndTakenAway() {
        Page page = signedIn("/cameras?edit=new", "ko-KR");
        Locator form = page.locator("record-form");
        form.locator("input[name=id]").fill("z-1");
        form.locator("input[name=name]").fill("관제망 카메라");
        form.locator("button[type=submit]").click();
        assertThat(form.locator("[data-field=ip] .field-wrong")).isVisible();
        form.locator("input[name=ip]").fill("10.9.9.9");
        form.locator("input[name=zone]").fill("관제망-2");
        form.locator("input[name=latitude]").fill("36.35");
        form.locator("input[name=longitude]").fill("127.38");
        form.locator("[data-field=interval] input").fill("5");
        form.locator("button[type=submit]").click();
        assertThat(page).hasURL(city.url() + "/cameras/z-1");
        assertThat(page.locator(".facts")).containsText("관제망-2");
        assertThat(page.locator(".facts")).containsText("5분");

        page.locator("app-nav a[href='/cameras']").click();
        assertThat(page.locator(".row:visible")).not().hasCount(1);
        page.locator(".search input").fill("관제망-2");
        assertThat(page.locator(".row:visible")).hasCount(1);
        page.navigate(city.url() + "/cameras?zone=%EA%B4%80%EC%A0%9C%EB%A7%9D-2");
        assertThat(page.locator(".row:visible")).hasCount(1);
        assertThat(page.locator("list-filters select:visible").last())
                .hasAttribute("data-chosen", "true");

        page.locator(".row:visible").click();
        page.locator("[data-focus=edit]").click();
        form.locator("input[name=zone]").fill("");
        form.locator("input[name=enabled]").uncheck();
        form.locator("button[type=submit]").click();
        assertThat(form).hasCount(0);
        assertThat(page.locator(".facts")).not().containsText("관제망-2");

        page.locator("[data-focus=edit]").click();
        assertThat(form.locator("input[name=enabled]")).not().isChecked();
        form.locator(".danger").click();
        form.locator(".danger").click();
        assertThat(page).hasURL(city.url() + "/cameras");
        assertThat(page.locator(".row[data-id=z-1]")).hasCount(0);
        Browser.go(page, "/cameras/z-1");
        assertThat(page.locator("camera-page .message.bad")).containsText("더 이상 등록되어 있지 않은");
        assertThat(page.locator(".detail-verdict")).hasCount(0);
        assertThat(page.locator("[data-key=c]")).hasCount(0);
        assertThat(page.locator(".detail-body")).isHidden();
    }

    @Test
    void whoWasFasterIsShownAndWhatOneWroteIsKept() throws Exception {
        city.camera("r-2", "노은동 공원 2", "L-2", "유성구", "한빛영상");
        Page page = signedIn("/cameras/r-2?edit=1", "en-GB");
        Locator form = page.locator("record-form");
        assertThat(form.locator("input[name=vendor]")).hasValue("한빛영상");
        city.patch("/api/cameras/r-2", "{\"vendor\": \"가온비전\"}");
        form.locator("input[name=name]").fill("Park 2");
        form.locator("button[type=submit]").click();
        assertThat(form.locator(".note")).containsText("changed");
        assertThat(form.locator("input[name=vendor]")).hasValue("가온비전");
        assertThat(form.locator("input[name=name]")).hasValue("Park 2");
        assertThat(form.locator(".kept")).hasCount(1);
        form.locator("button[type=submit]").click();
        assertThat(page.locator("camera-page h1")).hasText("Park 2");
    }

    @Test
    void aListWithColumnsOfItsOwnIsReadAsTheReaderSays(@TempDir Path folder) throws Exception {
        Path list = folder.resolve("own.csv");
        Files.writeString(
                list, "장비 번호,\"이름, 별칭\",주소 IP,비고\nM-1,시청 앞,10.8.0.1,x\nM-2,역 앞,10.8.0.2,y\n");
        Page page = signedIn("/import", "ko-KR");
        page.locator("input[type=file]").setInputFiles(list);
        Locator map = page.locator(".column-map");
        assertThat(page.locator(".import-result .message")).containsText("필요한 열이 없습니다");
        map.locator("select[data-header='장비 번호']").selectOption("id");
        map.locator("select[data-header='이름, 별칭']").selectOption("name");
        map.locator("select[data-header='주소 IP']").selectOption("ip");
        map.locator("button").click();
        assertThat(page.locator(".import-figures dd").nth(1)).hasText("2");
        assertThat(map.locator("select[data-header='장비 번호']")).hasValue("id");
        assertThat(map.locator("select[data-header=비고]")).hasValue("");
        page.locator(".import-result .form-actions .primary").click();
        assertThat(page.locator(".import-head .state-SENT")).isVisible();
        page.locator(".import-panel a[href='/cameras']").click();
        assertThat(page.locator(".row[data-id=M-1]")).containsText("시청 앞");

        page.navigate(city.url() + "/audit?path=import");
        Locator audit = page.locator(".audit tbody tr");
        assertThat(audit.first()).containsText("카메라 가져오기");
        assertThat(audit.nth(1)).containsText("변경 없음");
    }

    @Test
    void aReportShowsItsCourseOverTime() throws Exception {
        Instant now = City.now();
        city.confirm("r-1", Verdict.HEALTHY, "OK", now.minusSeconds(7200));
        city.confirm("r-1", Verdict.LINE_FAULT, "ICMP_TIMEOUT", now.minusSeconds(3600));
        Page page = signedIn("/reports?days=1", "en-GB");
        assertThat(page.locator(".course-step")).hasCount(24);
        assertThat(page.locator(".report-figures")).containsText("%");
        page.locator(".course .chart").focus();
        page.keyboard().press("End");
        assertThat(page.locator(".course .chart-tip")).containsText("Faults: 1");
        page.locator(".chips button").nth(1).click();
        assertThat(page.locator(".course-step")).hasCount(7);
    }
}
