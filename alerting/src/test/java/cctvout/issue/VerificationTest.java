package cctvout.issue;

import static cctvout.issue.Verification.Finding.NOT_THE_SAME;
import static cctvout.issue.Verification.Finding.STILL_BAD;
import static cctvout.issue.Verification.Finding.UNCLEAR;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Verification.Finding;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class VerificationTest {

    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

    @Test
    void stillBadIsWhatVerdictAndCheckAgreeOn() {
        assertThat(finding(IssueKind.LINE, Verdict.LINE_FAULT, IcmpStatus.TIMEOUT, null))
                .isEqualTo(STILL_BAD);
        assertThat(
                        finding(
                                IssueKind.CAMERA,
                                Verdict.CAMERA_FAULT,
                                IcmpStatus.SUCCESS,
                                HlsReason.STALE_PLAYLIST))
                .isEqualTo(STILL_BAD);
        assertThat(finding(IssueKind.DEGRADED, Verdict.DEGRADED, IcmpStatus.LOSS, HlsReason.OK))
                .isEqualTo(STILL_BAD);
    }

    @Test
    void oneGoodCheckIsNoRecoveryYetWhereASettingAsksForMore() {
        assertThat(finding(IssueKind.LINE, Verdict.LINE_FAULT, IcmpStatus.SUCCESS, HlsReason.OK))
                .isEqualTo(UNCLEAR);
        assertThat(finding(IssueKind.LINE, Verdict.LINE_FAULT, IcmpStatus.LOSS, null))
                .isEqualTo(UNCLEAR);
    }

    @Test
    void whatOurOwnLimitsHideIsUnclear() {
        assertThat(
                        finding(
                                IssueKind.CAMERA,
                                Verdict.CAMERA_FAULT,
                                IcmpStatus.SUCCESS,
                                HlsReason.PROBER_OVERLOAD))
                .isEqualTo(UNCLEAR);
    }

    @Test
    void anotherVerdictIsItsTransitionsBusiness() {
        assertThat(finding(IssueKind.LINE, Verdict.HEALTHY, IcmpStatus.SUCCESS, HlsReason.OK))
                .isEqualTo(NOT_THE_SAME);
        assertThat(
                        finding(
                                IssueKind.LINE,
                                Verdict.CAMERA_FAULT,
                                IcmpStatus.SUCCESS,
                                HlsReason.HTTP_404))
                .isEqualTo(NOT_THE_SAME);
        assertThat(finding(IssueKind.LINE, Verdict.UNKNOWN, IcmpStatus.TIMEOUT, null))
                .isEqualTo(NOT_THE_SAME);
    }

    private static Finding finding(
            IssueKind kind, Verdict verdict, IcmpStatus echo, @Nullable HlsReason stream) {
        IcmpResult icmp = new IcmpResult(echo, "X", 4, 0, null, null, null, NOW);
        HlsResult hls =
                stream == null
                        ? null
                        : new HlsResult(
                                stream.status(),
                                stream,
                                null,
                                null,
                                null,
                                1L,
                                null,
                                List.of(),
                                null,
                                null,
                                NOW);
        return Verification.finding(
                kind, new CameraStatus(new CameraId("C-1"), verdict, "WHY", NOW, icmp, hls));
    }
}
