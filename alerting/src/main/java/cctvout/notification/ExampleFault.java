package cctvout.notification;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.outage.Outage;
import cctvout.recipient.Language;
import cctvout.status.Siblings;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A fault to try a text with: a line that fell silent with four cameras on it. */
record ExampleFault(Language language, Instant since) {

    private static final CameraId ID = new CameraId("C-017");
    private static final String LINE = "L-17";

    Camera camera() {
        boolean korean = language == Language.KO;
        return new Camera(
                ID,
                korean ? "종합터미널 앞" : "Bus terminal",
                korean ? "천안시 동남구 만남로 43" : "43 Mannam-ro, Cheonan",
                null,
                null,
                "10.0.0.17",
                null,
                LINE,
                korean ? "신부국사" : "Sinbu exchange",
                korean ? "동남구" : "Dongnam-gu",
                korean ? "한빛영상" : "Hanbit Video",
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }

    Issue issue() {
        IcmpResult icmp =
                new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, since);
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
                        since);
        Evidence evidence = new Evidence(icmp, hls, new Siblings("line:" + LINE, 3, 3));
        StatusTransition transition =
                new StatusTransition(
                        1,
                        ID,
                        Verdict.HEALTHY,
                        Verdict.LINE_FAULT,
                        "ICMP_TIMEOUT",
                        evidence,
                        since);
        return Issue.open("EXAMPLE", IssueKind.LINE, transition, null, since);
    }

    Outage outage() {
        return new Outage(
                "EXAMPLE",
                IssueKind.LINE,
                "line:" + LINE,
                "ICMP_TIMEOUT",
                List.of(),
                since,
                null,
                null);
    }

    /** By name. */
    List<String> cameras() {
        String name = language == Language.KO ? "종합터미널 %d번 (C-%03d)" : "Bus terminal %d (C-%03d)";
        return IntStream.rangeClosed(1, 4).mapToObj(i -> name.formatted(i, 16 + i)).toList();
    }

    /** Of two faults. */
    List<Notification> notices(String body) {
        return IntStream.rangeClosed(1, 2)
                .mapToObj(
                        i ->
                                new Notification(
                                        "EXAMPLE-" + i,
                                        "EXAMPLE",
                                        null,
                                        ID.value(),
                                        "example",
                                        "sms",
                                        NotificationEvent.OPENED,
                                        NotificationStatus.CREATED,
                                        0,
                                        null,
                                        null,
                                        since,
                                        null,
                                        null,
                                        "",
                                        body))
                .toList();
    }
}
