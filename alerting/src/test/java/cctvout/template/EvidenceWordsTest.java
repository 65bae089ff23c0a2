package cctvout.template;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.recipient.Language;
import cctvout.status.Siblings;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Usual;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class EvidenceWordsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T18:12:00Z");

    private final EvidenceWords words = new EvidenceWords(Words.load());

    @Test
    void silentLineWithItsNeighbours() {
        Issue issue = issue(new Siblings("line:L-17", 3, 3));
        assertThat(words.of(Language.EN, issue))
                .isEqualTo(
                        "ping 4/4 lost, stream: connect timeout; 3 other cameras on line L-17 also"
                                + " silent");
        assertThat(words.of(Language.KO, issue))
                .isEqualTo("핑 4/4 무응답, 영상: 연결 시간 초과; 같은 회선(L-17)의 다른 카메라 3대도 모두 무응답");
    }

    @Test
    void howManyOfTheOthers() {
        assertThat(others(Language.EN, "site:S-3", 1, 1))
                .isEqualTo("1 other camera at site S-3 also silent");
        assertThat(others(Language.EN, "net:10.1.2.0/24", 8, 3))
                .isEqualTo("3 of 8 other cameras in network 10.1.2.0/24 also silent");
        assertThat(others(Language.EN, "line:L-1", 5, 0))
                .isEqualTo("other cameras on line L-1 are well (5 looked at)");
        assertThat(others(Language.EN, "server:media.example", 4, 4))
                .isEqualTo("4 other cameras of server media.example also without a stream");
        assertThat(others(Language.KO, "site:S-3", 1, 1)).isEqualTo("같은 국사(S-3)의 다른 카메라 1대도 무응답");
        assertThat(others(Language.KO, "net:10.1.2.0/24", 8, 3))
                .isEqualTo("같은 대역(10.1.2.0/24)의 다른 카메라 8대 중 3대도 무응답");
        assertThat(others(Language.KO, "server:media.example", 5, 0))
                .isEqualTo("같은 영상 서버(media.example)의 다른 카메라 5대는 영상 정상");
    }

    @Test
    void whatIsUnusualIsSaidBesideWhatIsUsual() {
        var usual = new Usual(12.3, 0.5, 31.2);
        Issue slow = unlike("RTT_ANOMALY", usual);
        assertThat(words.of(Language.EN, slow))
                .isEqualTo("ping 4/4 answered, round trip 180 ms, usually 12 ms");
        assertThat(words.of(Language.KO, slow)).isEqualTo("핑 4/4 응답, 왕복 180 ms(평소 12 ms)");
        Issue lossy = unlike("LOSS_ANOMALY", usual);
        assertThat(words.of(Language.EN, lossy))
                .isEqualTo("ping 4/4 answered, 31 % lost lately, usually 0.5 %");
        assertThat(words.of(Language.KO, lossy)).isEqualTo("핑 4/4 응답, 최근 손실 31 %(평소 0.5 %)");
    }

    private static Issue unlike(String reason, Usual usual) {
        var icmp = new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 170.0, 180.4, 190.0, NOW);
        return Issue.open(
                "i-1",
                IssueKind.DEGRADED,
                new StatusTransition(
                        1,
                        new CameraId("c-1"),
                        Verdict.HEALTHY,
                        Verdict.DEGRADED,
                        reason,
                        new Evidence(icmp, null).unlike(usual),
                        NOW),
                null,
                NOW);
    }

    @Test
    void whereNobodyWasAskedNothingIsSaidOfOthers() {
        assertThat(words.of(Language.EN, issue(null)))
                .isEqualTo("ping 4/4 lost, stream: connect timeout");
        assertThat(words.of(Language.EN, issue(new Siblings("line:L-17", 0, 0))))
                .isEqualTo("ping 4/4 lost, stream: connect timeout");
    }

    private String others(Language language, String key, int checked, int failed) {
        return words.others(language, new Siblings(key, checked, failed));
    }

    private static Issue issue(@Nullable Siblings siblings) {
        IcmpResult icmp =
                new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, NOW);
        HlsReason reason = HlsReason.CONNECT_TIMEOUT;
        HlsResult hls =
                new HlsResult(
                        reason.status(),
                        reason,
                        null,
                        null,
                        null,
                        3000L,
                        null,
                        List.of(),
                        null,
                        null,
                        NOW);
        return Issue.open(
                "i-1",
                IssueKind.LINE,
                new StatusTransition(
                        5,
                        new CameraId("C-017"),
                        Verdict.HEALTHY,
                        Verdict.LINE_FAULT,
                        "ICMP_TIMEOUT",
                        new Evidence(icmp, hls, siblings),
                        NOW),
                null,
                NOW);
    }
}
