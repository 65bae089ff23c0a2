package cctvout.notification;

import static cctvout.issue.IssueStatus.RESOLVED;
import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.REMINDER;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.outage.Outage;
import cctvout.recipient.Language;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;
import cctvout.template.Message;
import cctvout.template.Template;
import cctvout.template.TemplateSource;
import cctvout.template.Words;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

class NoticeTextTest {

    private static final Instant SINCE = Instant.parse("2026-11-20T18:12:00Z");
    private static final Instant LATER = SINCE.plusSeconds(2 * 3600);

    private final Words words = Words.load();
    private final NoticeText text = text(words, PageLinks.NONE);
    private final Camera camera =
            new Camera(
                    new CameraId("C-017"),
                    "터미널 앞 $1 {line}",
                    "천안시 동남구 만남로 43",
                    null,
                    null,
                    "10.0.0.1",
                    null,
                    "L-17",
                    null,
                    null,
                    null,
                    null,
                    true,
                    null,
                    Camera.Probes.BOTH,
                    1);

    @Test
    void faultInKoreanSaysWhatWhereWhyAndSinceWhen() {
        assertThat(text.opened(Language.KO, issue(), camera).body())
                .isEqualTo(
                        """
                        [회선 장애] 터미널 앞 $1 {line} (C-017)
                        회선 L-17 · 천안시 동남구 만남로 43
                        핑 4/4 무응답, 영상: 연결 시간 초과
                        11월 21일 03:12부터""");
    }

    @Test
    void faultInEnglish() {
        assertThat(text.opened(Language.EN, issue(), camera).body())
                .isEqualTo(
                        """
                        [Line fault] 터미널 앞 $1 {line} (C-017)
                        line L-17 · 천안시 동남구 만남로 43
                        ping 4/4 lost, stream: connect timeout
                        since 21 Nov 03:12""");
    }

    @Test
    void recoverySaysHowLong() {
        Instant end = SINCE.plusSeconds(75 * 60);
        Issue over =
                issue().closed(
                                Ending.RECOVERED,
                                end,
                                9L,
                                new TimelineEntry(end, "system", Step.RESOLVED, null));
        assertThat(text.ended(Language.KO, over, Ending.RECOVERED, camera).body())
                .startsWith("[복구] 터미널")
                .endsWith("회선 장애: 정상으로 돌아왔습니다\n11월 21일 03:12 ~ 11월 21일 04:27 (1시간 15분)");
        assertThat(text.both(Language.EN, over, Ending.RECOVERED, camera).body())
                .contains("told together with the fault", "ping 4/4 lost", "1 h 15 min");
    }

    /** The clocks of those who saw its begin and its end differ. */
    @Test
    void nothingLastsLessThanNothing() {
        Instant end = SINCE.minusSeconds(5 * 60);
        TimelineEntry entry = new TimelineEntry(end, "kim", Step.RESOLVED, null);
        Issue over = issue().closed(Ending.RESOLVED_BY_HAND, end, null, entry);
        assertThat(text.ended(Language.KO, over, Ending.RESOLVED_BY_HAND, camera).body())
                .endsWith("(0초)");
    }

    @Test
    void oneIsNotSaidOfMany() {
        List<Notification> two = new ExampleFault(Language.EN, SINCE).notices("a fault");
        assertThat(text.digest(Language.EN, two).body()).contains("] 2 faults\n");
        assertThat(text.digest(Language.EN, two.subList(0, 1)).body()).contains("] 1 fault\n");
    }

    @Test
    void whatIsToldLeadsToItsPlaceInThePage() {
        NoticeText linking = text(words, PageLinks.to("https://cctv.example/"));
        assertThat(linking.opened(Language.KO, issue(), camera).body())
                .endsWith("11월 21일 03:12부터\nhttps://cctv.example/issues/i-1");
        assertThat(linking.opened(Language.KO, issue(), camera).brief()).doesNotContain("http");
        Outage outage = new ExampleFault(Language.EN, SINCE).outage();
        assertThat(linking.outageOpened(Language.EN, outage, List.of("C-1"), 3).body())
                .endsWith("since 21 Nov 03:12\nhttps://cctv.example/outages/EXAMPLE");
        String fault = linking.opened(Language.EN, issue(), camera).body();
        List<Notification> two = new ExampleFault(Language.EN, SINCE).notices(fault);
        assertThat(linking.digest(Language.EN, two).body())
                .containsOnlyOnce("http")
                .endsWith("(C-017)\nhttps://cctv.example/issues");
    }

    @Test
    void textsOfOnesOwnMayLeadThereAnywhere() {
        Template own = new Template("s {link}", "{link} {camera}\n{link}", "{kind} {link}");
        NoticeText linking = text((_, _) -> own, PageLinks.to("https://cctv.example"));
        Message message = linking.opened(Language.EN, issue(), camera);
        String link = "https://cctv.example/issues/i-1";
        assertThat(message.brief()).isEqualTo("Line " + link);
        assertThat(message.subject()).isEqualTo("s " + link);
        assertThat(message.body()).startsWith(link + " 터미널 앞 $1 {line}").endsWith("\n" + link);
        FailureCause cause = FailureCause.http(503);
        Notification failed = failed("sms", "text");
        assertThat(linking.undelivered(Language.EN, "Lines", failed, cause).subject())
                .isEqualTo("s https://cctv.example/issues/EXAMPLE");
        assertThat(text((_, _) -> own, PageLinks.NONE).opened(Language.EN, issue(), camera).body())
                .isEqualTo(" 터미널 앞 $1 {line} (C-017)");
    }

    @Test
    void reminderSaysThatNobodyHasItOnlyWhereThatIsSo() {
        assertThat(still(issue()).body()).endsWith("(2 h 0 min): nobody has taken it up");
        Issue assigned = patched(issue(), null, "김기사");
        assertThat(still(assigned).body())
                .endsWith("since 21 Nov 03:12 (2 h 0 min): assigned to 김기사, not resolved");
        assertThat(still(assigned).brief())
                .endsWith("for 2 h 0 min: assigned to 김기사, not resolved")
                .doesNotContain("nobody");
        Issue closed = patched(patched(issue(), IssueStatus.IN_PROGRESS, null), RESOLVED, null);
        Issue again = closed.reopened(new TimelineEntry(SINCE, "system", Step.REOPENED, null));
        assertThat(still(again).body()).endsWith("(2 h 0 min): taken up, not resolved");
        for (NotificationEvent event : List.of(REMINDER, ESCALATED)) {
            assertThat(text.still(Language.KO, event, assigned, camera, LATER).body())
                    .endsWith("03:12부터 2시간 0분째, 담당자(김기사)가 지정되었으나 아직 해결되지 않았습니다");
            assertThat(text.still(Language.KO, event, issue(), camera, LATER).brief())
                    .endsWith("2시간 0분째, 아직 맡은 사람이 없습니다");
        }
    }

    @Test
    void reminderOfAnOutageSaysHowMuchOfItIsTakenUp() {
        Outage outage = new ExampleFault(Language.EN, SINCE).outage();
        for (NotificationEvent event : List.of(REMINDER, ESCALATED)) {
            assertThat(text.outageStill(Language.EN, event, outage, 4, 0, LATER).body())
                    .endsWith("(2 h 0 min): nobody has taken it up");
            Message some = text.outageStill(Language.EN, event, outage, 4, 1, LATER);
            assertThat(some.body()).endsWith("(2 h 0 min): 1 of 4 taken up, not resolved");
            assertThat(some.brief()).endsWith("for 2 h 0 min, 1 of 4 taken up, not resolved");
            assertThat(text.outageStill(Language.KO, event, outage, 4, 1, LATER).body())
                    .endsWith("2시간 0분째, 4대 중 1대는 맡은 사람이 있으나 아직 해결되지 않았습니다");
        }
    }

    private Message still(Issue issue) {
        return text.still(Language.EN, REMINDER, issue, camera, LATER);
    }

    private static Issue patched(
            Issue issue, @Nullable IssueStatus status, @Nullable String assignee) {
        return new IssuePatch(status, assignee, null, null).applyTo(issue, "kim", SINCE);
    }

    private NoticeText text(TemplateSource templates, PageLinks links) {
        return new NoticeText(words, templates, ZoneId.of("Asia/Seoul"), links);
    }

    @Test
    void whatWentWrongIsSaidInTheLanguageOfTheText() {
        FailureCause cause = FailureCause.of(FailureCause.Code.CONNECTION_REFUSED);
        assertThat(text.undelivered(Language.KO, "회선사", failed("webhook", "본문"), cause).body())
                .isEqualTo("[전달 실패] 회선사 · 웹훅: 서버가 연결을 거부함\n본문");
        assertThat(text.undelivered(Language.EN, "Lines", failed("webhook", "text"), cause).body())
                .isEqualTo(
                        "[Not delivered] Lines, webhook: its server refused the connection\ntext");
        FailureCause answered = FailureCause.http(503);
        assertThat(text.undelivered(Language.KO, "회선사", failed("sms", "본문"), answered).brief())
                .isEqualTo("[전달 실패] 회선사 · 문자: 받는 쪽 서버가 받지 않음(HTTP 503)");
    }

    private static Notification failed(String channel, String text) {
        return new Notification(
                "n-1",
                "EXAMPLE",
                null,
                "C-017",
                "lines",
                channel,
                NotificationEvent.OPENED,
                NotificationStatus.FAILED,
                5,
                null,
                null,
                SINCE,
                null,
                null,
                "",
                text);
    }

    private static Issue issue() {
        IcmpResult icmp =
                new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, SINCE);
        HlsResult hls =
                new HlsResult(
                        HlsReason.CONNECT_TIMEOUT.status(),
                        HlsReason.CONNECT_TIMEOUT,
                        null,
                        null,
                        null,
                        3000L,
                        null,
                        List.of(),
                        null,
                        null,
                        SINCE);
        StatusTransition transition =
                new StatusTransition(
                        5,
                        new CameraId("C-017"),
                        Verdict.HEALTHY,
                        Verdict.LINE_FAULT,
                        "ICMP_TIMEOUT",
                        new Evidence(icmp, hls),
                        SINCE);
        return Issue.open("i-1", IssueKind.LINE, transition, null, SINCE);
    }
}
