package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.MediaSniffer.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class MediaSnifferTest {

    private static Kind kind(byte[] head) {
        return MediaSniffer.kind(head, head.length, false, -1);
    }

    @Test
    void threeSyncsAPacketApartAreATransportStream() {
        assertThat(kind(Samples.ts(3))).isEqualTo(Kind.TRANSPORT_STREAM);
        assertThat(kind(Samples.ts(2))).isEqualTo(Kind.NOT_MEDIA);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100, 187})
    void transportStreamMayBeginWithinAPacket(int skipped) {
        byte[] stream = Samples.ts(5);

        assertThat(kind(Arrays.copyOfRange(stream, skipped, stream.length)))
                .isEqualTo(Kind.TRANSPORT_STREAM);
    }

    @Test
    void offsetOfAWholePacketIsTooFar() {
        byte[] late = new byte[188 + 3 * 188];
        System.arraycopy(Samples.ts(3), 0, late, 188, 3 * 188);

        assertThat(kind(late)).isEqualTo(Kind.NOT_MEDIA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"styp", "moof", "sidx", "emsg", "prft", "ftyp"})
    void fragmentedMp4IsKnownByItsFirstBox(String type) {
        assertThat(kind(Samples.box(type, 24))).isEqualTo(Kind.FRAGMENTED_MP4);
    }

    @Test
    void boxThatIsTooShortIsNone() {
        assertThat(kind(Samples.box("styp", 24).clone())).isEqualTo(Kind.FRAGMENTED_MP4);
        byte[] broken = Samples.box("styp", 24);
        broken[3] = 3;
        assertThat(kind(broken)).isEqualTo(Kind.NOT_MEDIA);
    }

    @Test
    void packedAudioMayStartWithId3() {
        assertThat(kind("ID3\4\0\0\0\0\0\0".getBytes(UTF_8))).isEqualTo(Kind.AUDIO);
        assertThat(kind(Samples.bytes(0xff, 0xf1, 0x50, 0x80, 0))).isEqualTo(Kind.AUDIO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<!DOCTYPE html><html></html>", "{\"a\":1}", "Not found", "#EXTM3U\n", "GG"})
    void textIsNoMediaWhateverItsName(String text) {
        assertThat(kind(text.repeat(40).getBytes(UTF_8))).isEqualTo(Kind.NOT_MEDIA);
        byte[] head = text.repeat(16).getBytes(UTF_8);
        assertThat(MediaSniffer.kind(head, head.length, true, head.length))
                .isEqualTo(Kind.NOT_MEDIA);
    }

    @Test
    void encryptedSegmentHasALengthOfWholeBlocks() {
        byte[] noise = new byte[1600];
        new Random(1).nextBytes(noise);

        assertThat(MediaSniffer.kind(noise, 1600, true, 160_000)).isEqualTo(Kind.ENCRYPTED);
        assertThat(MediaSniffer.kind(noise, 1600, true, -1)).isEqualTo(Kind.ENCRYPTED);
        assertThat(MediaSniffer.kind(noise, 1600, true, 160_001)).isEqualTo(Kind.NOT_MEDIA);
        assertThat(MediaSniffer.kind(noise, 1600, false, 160_000)).isEqualTo(Kind.NOT_MEDIA);
    }

    @Test
    void programmeMapTellsWhetherThereIsVideo() {
        assertThat(withoutVideo(Samples.ts(5, 0x1b, 0x0f))).isFalse();
        assertThat(withoutVideo(Samples.ts(5, 0x24))).isFalse();
        assertThat(withoutVideo(Samples.ts(5, 0x0f))).isTrue();
        assertThat(withoutVideo(Samples.ts(5))).isFalse();
        assertThat(withoutVideo(Samples.ts(5, 0x0f, 0x15))).isTrue();
    }

    @Test
    void privateStreamTypeMayBeVideo() {
        assertThat(withoutVideo(Samples.ts(5, 0x0f, 0x06))).isFalse();
    }

    private static boolean withoutVideo(byte[] stream) {
        return TransportStream.withoutVideo(stream, stream.length);
    }

    @Test
    void describesWhatABodyIs() {
        assertThat(describe("  <!doctype HTML><p>")).isEqualTo("HTML");
        assertThat(describe("[1]")).isEqualTo("JSON");
        assertThat(describe("<?xml version='1.0'?>")).isEqualTo("XML");
        assertThat(describe("로그인 하세요")).isEqualTo("text");
        assertThat(describe("")).isEqualTo("empty");
        assertThat(MediaSniffer.describe(Samples.bytes(0xff, 0xd8, 0xff, 0xe0, 0)))
                .isEqualTo("an image");
        assertThat(MediaSniffer.describe(Samples.ts(4))).isEqualTo("media");
        assertThat(MediaSniffer.describe(Samples.bytes(0, 1, 2, 0x80))).isEqualTo("binary");
    }

    private static String describe(String body) {
        return MediaSniffer.describe(body.getBytes(UTF_8));
    }
}
