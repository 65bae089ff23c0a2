package cctvout.recipient;

import static cctvout.recipient.RecipientRole.CAMERA_VENDOR;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.recipient.RecipientRole.STREAM_OPERATOR;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.text.Normalizer;
import java.util.List;

class PartiesTest {

    private final Recipient line17 = party("line-17", LINE_OPERATOR, List.of("L-17"), List.of());
    private final Recipient line18 = party("line-18", LINE_OPERATOR, List.of("L-18"), List.of());
    private final Recipient allLines = party("all-lines", LINE_OPERATOR, List.of(), List.of());
    private final Recipient hanbit = party("hanbit", CAMERA_VENDOR, List.of("한빛"), List.of());
    private final Recipient stream = party("stream", STREAM_OPERATOR, List.of(), List.of("동남구"));
    private final Recipient room = party("room", CONTROL_ROOM, List.of(), List.of());

    private final Parties parties =
            new Parties(List.of(line17, line18, allLines, hanbit, stream, room), Language.KO);

    @Test
    void lineFaultGoesToThatLinesOperatorsAndNobodyElse() {
        assertThat(parties.toldOf(IssueKind.LINE, camera("L-17", "한빛", "동남구")))
                .extracting(Chosen::recipient)
                .containsExactly(line17, allLines);
    }

    @Test
    void cameraFaultGoesToItsVendor() {
        List<Chosen> chosen = parties.toldOf(IssueKind.CAMERA, camera("L-17", "한빛", "동남구"));
        assertThat(chosen).extracting(Chosen::recipient).containsExactly(hanbit);
        assertThat(chosen.getFirst().reason()).isEqualTo("answers for vendor 한빛");
    }

    @Test
    void whatIsWrittenAsItLooksIsFoundWhateverCannotBeSeenOfIt() {
        String decomposed = Normalizer.normalize("한빛", Normalizer.Form.NFD);
        Recipient line = party("l", LINE_OPERATOR, List.of("L-17 ", "\u00a0L-17"), List.of());
        Recipient vendor = party("v", CAMERA_VENDOR, List.of(decomposed + "\u200b"), List.of());
        Parties typed = new Parties(List.of(line, vendor), Language.KO);
        Camera camera = camera("L-17", "한빛", "동남구");
        assertThat(line.lines()).containsExactly("L-17");
        assertThat(typed.toldOf(IssueKind.LINE, camera))
                .extracting(Chosen::recipient)
                .containsExactly(line);
        assertThat(typed.toldOf(IssueKind.CAMERA, camera))
                .extracting(Chosen::recipient)
                .containsExactly(vendor);
    }

    @Test
    void streamOperatorIsChosenByDistrict() {
        assertThat(parties.toldOf(IssueKind.STREAM_SERVER, camera("L-17", "한빛", "동남구")))
                .extracting(Chosen::recipient)
                .containsExactly(stream);
        assertThat(parties.toldOf(IssueKind.STREAM_SERVER, camera("L-17", "한빛", "서북구")))
                .extracting(Chosen::recipient)
                .containsExactly(room);
    }

    @Test
    void nobodyMatchesMeansTheControlRoomAndSaysWhy() {
        List<Chosen> chosen = parties.toldOf(IssueKind.CAMERA, camera("L-17", null, "동남구"));
        assertThat(chosen).extracting(Chosen::recipient).containsExactly(room);
        assertThat(chosen.getFirst().reason()).contains("nobody answers for vendor");
    }

    @Test
    void nobodyAtAllMeansTheBuiltInInbox() {
        Parties nobody = new Parties(List.of(), Language.KO);
        List<Chosen> chosen = nobody.toldOf(IssueKind.LINE, camera("L-17", "한빛", "동남구"));
        assertThat(chosen).hasSize(1);
        assertThat(chosen.getFirst().recipient().id()).isEqualTo(RecipientRules.BUILT_IN);
        assertThat(chosen.getFirst().recipient().channels())
                .containsExactly(new RecipientChannel.Inbox());
    }

    @Test
    void disabledOneIsNotChosenAndStillFound() {
        Recipient off =
                new Recipient(
                        "off",
                        "off",
                        LINE_OPERATOR,
                        Language.KO,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        1);
        Parties one = new Parties(List.of(off), Language.KO);
        assertThat(one.toldOf(IssueKind.LINE, camera("L-1", null, null)))
                .extracting(chosen -> chosen.recipient().id())
                .containsExactly(RecipientRules.BUILT_IN);
        assertThat(one.find("off")).contains(off);
    }

    static Recipient party(
            String id, RecipientRole role, List<String> theirs, List<String> districts) {
        boolean vendor = role == CAMERA_VENDOR;
        return new Recipient(
                id,
                id,
                role,
                Language.KO,
                vendor ? List.of() : theirs,
                vendor ? theirs : List.of(),
                districts,
                List.of(),
                true,
                1);
    }

    static Camera camera(
            @Nullable String line, @Nullable String vendor, @Nullable String district) {
        return new Camera(
                new CameraId("C-1"),
                null,
                null,
                null,
                null,
                "10.0.0.1",
                null,
                line,
                null,
                district,
                vendor,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }
}
