package cctvout.status;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Judgement.Conclusive;
import cctvout.status.Judgement.Inconclusive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

class VerdictRuleTest {

    private static final HostTally DOWN = new HostTally(92, 8, 7, 0);
    private static final HostTally ONE_BAD = new HostTally(92, 8, 1, 7);

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, OK,               HEALTHY,      OK",
        "LOSS,    OK,               DEGRADED,     LOSS",
        "TIMEOUT, OK,               DEGRADED,     NO_ECHO",
        "FAIL,    OK,               DEGRADED,     NO_ECHO",
        "SUCCESS, STALE_PLAYLIST,   CAMERA_FAULT, STALE_PLAYLIST",
        "LOSS,    HTTP_404,         CAMERA_FAULT, HTTP_404",
        "SUCCESS, CONNECT_TIMEOUT,  CAMERA_FAULT, CONNECT_TIMEOUT",
        "TIMEOUT, CONNECT_TIMEOUT,  LINE_FAULT,   ICMP_TIMEOUT",
        "FAIL,    NO_ROUTE,         LINE_FAULT,   HOST_UNREACHABLE",
        "SUCCESS, FRESHNESS_UNPROVEN, HEALTHY,    OK",
    })
    void bothProbesTogether(IcmpStatus icmp, HlsReason hls, Verdict verdict, String reason) {
        assertThat(VerdictRule.judge(Observation.alone(echo(icmp), stream(hls))))
                .isEqualTo(new Conclusive(verdict, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, HEALTHY,    OK",
        "LOSS,    DEGRADED,   LOSS",
        "TIMEOUT, LINE_FAULT, ICMP_TIMEOUT",
        "FAIL,    LINE_FAULT, HOST_UNREACHABLE"
    })
    void echoAlone(IcmpStatus icmp, Verdict verdict, String reason) {
        assertThat(VerdictRule.judge(Observation.alone(echo(icmp), null)))
                .isEqualTo(new Conclusive(verdict, reason));
    }

    @Test
    void streamAlone() {
        assertThat(VerdictRule.judge(Observation.alone(null, stream(HlsReason.CONNECT_REFUSED))))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "CONNECT_REFUSED"));
        assertThat(VerdictRule.judge(Observation.alone(null, stream(HlsReason.OK))))
                .isEqualTo(new Conclusive(Verdict.HEALTHY, "OK"));
    }

    @Test
    void aServerThatFailsForMostOfItsCamerasIsTheServersFaultEvenWhereTheCameraIsSilent() {
        for (IcmpStatus icmp : IcmpStatus.values()) {
            assertThat(judge(echo(icmp), stream(HlsReason.CONNECT_REFUSED), false, DOWN))
                    .isEqualTo(new Conclusive(Verdict.STREAM_SERVER_FAULT, "CONNECT_REFUSED"));
        }
    }

    @Test
    void aFaultOfOneStreamIsNotTheServers() {
        assertThat(judge(echo(IcmpStatus.SUCCESS), stream(HlsReason.HTTP_404), false, DOWN))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "HTTP_404"));
        assertThat(judge(echo(IcmpStatus.SUCCESS), stream(HlsReason.HTTP_5XX), false, ONE_BAD))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "HTTP_5XX"));
    }

    @Test
    void twoCamerasDoNotAccuseTheirServer() {
        HostTally two = new HostTally(2, 2, 2, 0);
        assertThat(judge(null, stream(HlsReason.HTTP_5XX), false, two))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "HTTP_5XX"));
    }

    @Test
    void aSilentServerIsNotNinetyTwoDeadLines() {
        assertThat(
                        judge(
                                echo(IcmpStatus.TIMEOUT),
                                stream(HlsReason.CONNECT_TIMEOUT),
                                true,
                                HostTally.ALONE))
                .isEqualTo(new Conclusive(Verdict.STREAM_SERVER_FAULT, "ICMP_TIMEOUT"));
    }

    @Test
    void aServerThatOnlyKeepsQuietToPingsLeavesTheStreamToSpeak() {
        assertThat(
                        judge(
                                echo(IcmpStatus.TIMEOUT),
                                stream(HlsReason.HTTP_404),
                                true,
                                HostTally.ALONE))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "HTTP_404"));
        assertThat(judge(echo(IcmpStatus.TIMEOUT), stream(HlsReason.BODY_TIMEOUT), true, ONE_BAD))
                .isEqualTo(new Conclusive(Verdict.CAMERA_FAULT, "BODY_TIMEOUT"));
    }

    @Test
    void aBlindEngineSaysNothing() {
        var seen =
                new Observation(
                        echo(IcmpStatus.TIMEOUT),
                        stream(HlsReason.NO_ROUTE),
                        false,
                        HostTally.ALONE,
                        "BLIND");
        assertThat(VerdictRule.judge(seen)).isEqualTo(new Inconclusive("BLIND"));
    }

    @Test
    void ourOwnLimitsBlameNobody() {
        var overload = new IcmpOutcome.Inconclusive("PROBER_OVERLOAD");
        assertThat(VerdictRule.judge(Observation.alone(overload, stream(HlsReason.HTTP_404))))
                .isEqualTo(new Inconclusive("PROBER_OVERLOAD"));
        assertThat(
                        VerdictRule.judge(
                                Observation.alone(
                                        echo(IcmpStatus.TIMEOUT),
                                        stream(HlsReason.PROBER_OVERLOAD))))
                .isEqualTo(new Inconclusive("PROBER_OVERLOAD"));
    }

    @Test
    void nameServersThatDoNotAnswerBlameNoCameraButHideNoCutLine() {
        assertThat(
                        VerdictRule.judge(
                                Observation.alone(
                                        echo(IcmpStatus.SUCCESS), stream(HlsReason.DNS_TIMEOUT))))
                .isEqualTo(new Inconclusive("DNS_TIMEOUT"));
        assertThat(VerdictRule.judge(Observation.alone(null, stream(HlsReason.DNS_TIMEOUT))))
                .isEqualTo(new Inconclusive("DNS_TIMEOUT"));
        assertThat(
                        VerdictRule.judge(
                                Observation.alone(
                                        echo(IcmpStatus.TIMEOUT), stream(HlsReason.DNS_TIMEOUT))))
                .isEqualTo(new Conclusive(Verdict.LINE_FAULT, "ICMP_TIMEOUT"));
    }

    @Test
    void anAddressThatWeMayNotPingLeavesTheStreamToSpeak() {
        var blocked = new IcmpOutcome.Inconclusive("BLOCKED_ADDRESS");
        assertThat(VerdictRule.judge(Observation.alone(blocked, stream(HlsReason.OK))))
                .isEqualTo(new Conclusive(Verdict.HEALTHY, "OK"));
        assertThat(VerdictRule.judge(Observation.alone(blocked, stream(HlsReason.BLOCKED_ADDRESS))))
                .isEqualTo(new Inconclusive("BLOCKED_ADDRESS"));
    }

    @Test
    void nothingLookedAtIsNothingKnown() {
        assertThat(VerdictRule.judge(Observation.alone(null, null)))
                .isEqualTo(new Inconclusive("NOT_PROBED"));
    }

    private static Judgement judge(
            @org.jspecify.annotations.Nullable IcmpOutcome icmp,
            HlsResult hls,
            boolean server,
            HostTally tally) {
        return VerdictRule.judge(new Observation(icmp, hls, server, tally, null));
    }

    static IcmpOutcome echo(IcmpStatus status) {
        String reason =
                switch (status) {
                    case SUCCESS -> "OK";
                    case LOSS -> "LOSS";
                    case TIMEOUT -> "TIMEOUT";
                    case FAIL -> "HOST_UNREACHABLE";
                };
        return new IcmpOutcome.Measured(
                new IcmpResult(
                        status,
                        reason,
                        4,
                        status.answered() ? 4 : 0,
                        null,
                        null,
                        null,
                        Instant.EPOCH));
    }

    static HlsResult stream(HlsReason reason) {
        return new HlsResult(
                reason.status(),
                reason,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                Instant.EPOCH);
    }
}
