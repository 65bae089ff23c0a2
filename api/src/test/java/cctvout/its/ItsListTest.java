package cctvout.its;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;

class ItsListTest {

    private static final String ENTRY =
            """
            {"roadsectionid":"","coordx":126.9911,"coordy":37.2716,"cctvresolution":"",
             "filecreatetime":"","cctvtype":1,"cctvformat":"HLS","cctvname":"[국도1호선] 수원 영화동",
             "cctvurl":"http://cctvsec.ktict.co.kr/71187/ab+c/d==/playlist.m3u8"}""";

    @Test
    void readsAListAsTheServiceSendsIt() {
        ItsList list =
                parse("{\"response\":{\"coordtype\":1,\"data\":[" + ENTRY + "],\"datacount\":1}}");

        assertThat(list.skipped()).isZero();
        assertThat(list.cameras())
                .containsExactly(
                        new ItsCamera(
                                "[국도1호선] 수원 영화동",
                                37.2716,
                                126.9911,
                                "http://cctvsec.ktict.co.kr/71187/ab+c/d==/playlist.m3u8"));
    }

    /** One camera alone comes without an array. */
    @Test
    void readsASingleCamera() {
        assertThat(parse("{\"response\":{\"data\":" + ENTRY + "}}").cameras()).hasSize(1);
    }

    @Test
    void numbersMayBeTexts() {
        String texts =
                ENTRY.replace("126.9911", "\"126.9911\"").replace("37.2716", "\" 37.2716 \"");
        assertThat(parse("{\"response\":{\"data\":[" + texts + "]}}").cameras())
                .isEqualTo(parse("{\"response\":{\"data\":[" + ENTRY + "]}}").cameras());
    }

    @Test
    void theSamePlaceAndNameIsTheSameCameraWhateverItsUrl() {
        var one = new ItsCamera("가", 37.1, 127.1, "http://a/1");
        assertThat(new ItsCamera("가", 37.1, 127.1, "http://b/2").id()).isEqualTo(one.id());
        // composed and decomposed Hangul are one text; a centimetre is no move
        assertThat(new ItsCamera("\u1100\u1161", 37.1000001, 127.1, "http://a/1").id())
                .isEqualTo(one.id());
        assertThat(new ItsCamera("나", 37.1, 127.1, "http://a/1").id()).isNotEqualTo(one.id());
        assertThat(new ItsCamera("가", 37.1001, 127.1, "http://a/1").id()).isNotEqualTo(one.id());
        assertThat(one.id().value()).matches("its-[0-9a-f]{16}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"HLS\" | \"JPEG\"",
                "126.9911 | null",
                "126.9911 | 190",
                "37.2716 | \"north\"",
                "37.2716 | 1e400",
                "\"[국도1호선] 수원 영화동\" | \" \"",
                "\"[국도1호선] 수원 영화동\" | 7",
                "\"http://cctvsec.ktict.co.kr/71187/ab+c/d==/playlist.m3u8\" | null",
                "\"http://cctvsec.ktict.co.kr/71187/ab+c/d==/playlist.m3u8\" | {\"a\":[1]}"
            })
    void anEntryThatIsNoStreamIsCountedAndTheRestIsTaken(String part, String instead) {
        ItsList list =
                parse(
                        "{\"response\":{\"data\":["
                                + ENTRY.replace(part, instead)
                                + ",7,null,[],"
                                + ENTRY
                                + ","
                                + ENTRY
                                + "]}}");

        assertThat(list.cameras()).hasSize(1);
        assertThat(list.skipped()).isEqualTo(5);
    }

    @Test
    void moreThanTheLimitAreLeftOutAndCounted() {
        StringBuilder entries = new StringBuilder(ENTRY);
        for (int i = 0; i < 9; i++) {
            entries.append(',').append(ENTRY.replace("영화동", "동 " + i));
        }
        byte[] body =
                ("{\"response\":{\"data\":[" + entries + "]}}").getBytes(StandardCharsets.UTF_8);
        ItsList list = ItsList.parse(JsonMapper.builder().build(), body, 4);

        assertThat(list.cameras()).hasSize(4);
        assertThat(list.skipped()).isEqualTo(6);
    }

    @Test
    void aLineBreakInANameIsASpace() {
        String broken = ENTRY.replace("수원 영화동", "수원\\r\\n\\u0000영화동");
        assertThat(parse("{\"response\":{\"data\":[" + broken + "]}}").cameras().getFirst().name())
                .isEqualTo("[국도1호선] 수원 영화동");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "7",
                "{",
                "{}",
                "{\"response\":[]}",
                "{\"response\":{}}",
                "{\"response\":{\"data\":\"\"}}",
                "{\"response\":{\"data\":[{]}}",
                "{\"response\":{\"data\":[",
                "{\"data\":[]}"
            })
    void whatIsNoListIsSaidToBeNone(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(ItsList.NoListException.class);
    }

    @Test
    void whatTheServiceSaysInsteadIsTold() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        "{\"resultCode\":\"ERROR-300\",\"resultMsg\":\"인증키가"
                                                + " 유효하지 않습니다.\"}"))
                .hasMessageContaining("인증키가");
    }

    @Test
    void deepNestingIsNoStackOverflow() {
        assertThatThrownBy(() -> parse("{\"response\":{\"data\":" + "[".repeat(200_000)))
                .isInstanceOf(ItsList.NoListException.class);
    }

    private static ItsList parse(String body) {
        return ItsList.parse(
                JsonMapper.builder().build(), body.getBytes(StandardCharsets.UTF_8), 1000);
    }
}
