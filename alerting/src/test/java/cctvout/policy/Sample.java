package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** A small city. */
final class Sample {

    static final Recipient LINE_17 =
            party("line-17", RecipientRole.LINE_OPERATOR, List.of("L-17"), true, sms());
    static final Recipient HANBIT =
            party("hanbit", RecipientRole.CAMERA_VENDOR, List.of("한빛"), true, sms());
    static final Recipient ROOM =
            party(
                    "room",
                    RecipientRole.CONTROL_ROOM,
                    List.of(),
                    true,
                    new RecipientChannel.Inbox());
    static final Recipient GONE =
            party("gone", RecipientRole.CONTROL_ROOM, List.of(), false, sms());
    static final Recipient CHIEF =
            party(
                    "chief",
                    RecipientRole.CONTROL_ROOM,
                    List.of(),
                    true,
                    sms(),
                    new RecipientChannel.Email("a@b.c"));

    static final Parties PARTIES =
            new Parties(List.of(LINE_17, HANBIT, ROOM, GONE, CHIEF), Language.EN);

    private Sample() {}

    static RecipientChannel sms() {
        return new RecipientChannel.Sms("010-1234-5678");
    }

    static Recipient party(
            String id,
            RecipientRole role,
            List<String> theirs,
            boolean enabled,
            RecipientChannel... channels) {
        boolean vendor = role == RecipientRole.CAMERA_VENDOR;
        return new Recipient(
                id,
                id,
                role,
                Language.EN,
                vendor ? List.of() : theirs,
                vendor ? theirs : List.of(),
                List.of(),
                List.of(channels),
                enabled,
                1);
    }

    static Camera camera(String id, @Nullable String line, @Nullable String vendor) {
        return new Camera(
                new CameraId(id),
                id,
                null,
                null,
                null,
                "10.0.0.1",
                null,
                line,
                null,
                "동남구",
                vendor,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }

    static Fault line(String line) {
        return new Fault(camera("C-1", line, "한빛"), IssueKind.LINE);
    }

    static Instant at(String instant) {
        return Instant.parse(instant);
    }

    static Policy policy(String id, int priority, FaultMatch match, Audience tell) {
        return new Policy(id, id, priority, true, match, tell, null, null, List.of(), null, 1);
    }

    static Audience ids(String... ids) {
        return new Audience(List.of(ids), List.of(), List.of());
    }

    static Audience roles(RecipientRole... roles) {
        return new Audience(List.of(), List.of(roles), List.of());
    }

    static FaultMatch kinds(IssueKind... kinds) {
        return new FaultMatch(
                List.of(kinds), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static FaultMatch lines(String... lines) {
        return new FaultMatch(
                List.of(), List.of(), List.of(lines), List.of(), List.of(), List.of());
    }
}
