package cctvout.importing;

import static cctvout.importing.ReadRows.errors;
import static cctvout.importing.ReadRows.one;
import static cctvout.importing.ReadRows.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.network.AllowedNetworks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

class CameraTableTest {

    private static final CameraCheck STANDARD = new CameraCheck(AllowedNetworks.standard());
    private static final CameraCheck ANY = new CameraCheck(AllowedNetworks.everywhere());

    @Test
    void openDataInMs949KeepsItsNames() throws IOException {
        byte[] file = resource("open-data-ms949.csv");
        var table = new CameraTable(null, CameraTable.MAX_ROW_CHARS);
        List<CameraRow> rows = new ArrayList<>(table.feed(file));
        rows.addAll(table.finish());

        assertThat(rows).hasSize(12).allMatch(row -> row.errors(ANY, row.over(null)).isEmpty());
        Camera second = rows.get(1).over(null).toCamera();
        assertThat(second.id()).hasToString("CAM002");
        assertThat(second.name()).isEqualTo("똠방각하 사거리");
        assertThat(second.longitude()).isEqualTo(127.102746);
        assertThat(second.latitude()).isEqualTo(36.801822);
        assertThat(second.hlsUrl())
                .isEqualTo("http://127.70.0.1:1935/live/cam002.stream/playlist.m3u8");
        assertThat(second.ip()).isNull();
        assertThat(rows.get(2).over(null).name()).isEqualTo("하늘다리 남단");
        assertThat(rows.get(4).over(null).address()).isEqualTo("가람시 물빛구 새벽로 35, 시장 1문");
        assertThat(table.ignoredColumns())
                .containsExactly("스트리밍 프로토콜(RTSP)주소", "스트리밍 프로토콜(RTMP)주소", "데이터기준일자");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID,IP",
                "\"id\",\"ip\"",
                " I d ,ip",
                "관리 번호,IP 주소",
                "cctv관리번호,ip주소",
                "\ufeff\"id\",ip"
            })
    void headersAreMatchedWithoutCaseSpacesAndMarks(String header) {
        assertThat(one(header + "\nC1,10.0.0.1").over(null).ip()).isEqualTo("10.0.0.1");
    }

    @Test
    void decomposedHangulOfAMacIsTheSameHeader() {
        String decomposed =
                java.text.Normalizer.normalize("관리번호,회선", java.text.Normalizer.Form.NFD);
        assertThat(one(decomposed + ",ip\nC1,L-1,10.0.0.1").over(null).line()).isEqualTo("L-1");
    }

    @Test
    void decomposedHangulOfAMacIsKeptAsItLooks() {
        String decomposed =
                java.text.Normalizer.normalize("천안역,동남구", java.text.Normalizer.Form.NFD);
        CameraDraft camera = one("id,ip,name,district\nC1,10.0.0.1," + decomposed).over(null);
        assertThat(camera.name()).isEqualTo("천안역");
        assertThat(camera.district()).isEqualTo("동남구");
    }

    @Test
    void outerSpaceOfEveryKindIsDropped() {
        CameraDraft camera =
                one("id,ip,line,site\n\u200bC1,10.0.0.1\u3000,L-17\u00a0,\u00a0\u200b").over(null);
        assertThat(camera.id()).isEqualTo("C1");
        assertThat(camera.ip()).isEqualTo("10.0.0.1");
        assertThat(camera.line()).isEqualTo("L-17");
        assertThat(camera.site()).isNull();
    }

    @Test
    void lotAddressStandsInWhereTheRoadNameIsBlank() {
        String header = "id,ip,소재지지번주소,소재지도로명주소\n";
        assertThat(one(header + "C1,10.0.0.1,lot,road").over(null).address()).isEqualTo("road");
        assertThat(one(header + "C1,10.0.0.1,lot, ").over(null).address()).isEqualTo("lot");
    }

    @Test
    void missingColumnsAreNamedWithTheirAcceptedNames() {
        assertThatThrownBy(() -> rows("name,ip\nx,10.0.0.1"))
                .isInstanceOf(TableException.class)
                .hasMessageContainingAll("row 1", "id", "CCTV관리번호", "관리번호");
        assertThatThrownBy(() -> rows("id,name\n1,x"))
                .hasMessageContainingAll("ip or hlsUrl", "IP주소", "스트리밍 프로토콜(HTTP)주소", "hls");
        assertThatThrownBy(() -> rows(" \n\n")).hasMessageContaining("empty");
    }

    @Test
    void badRowsAreNamedByRowColumnAndReasonAndTheRestIsKept() {
        String text =
                """
                관리번호,위도,경도,IP 주소,hlsUrl,enabled,interval
                C1,36.8,127.1,10.0.0.1,,Y,15m
                C2,136.8,127.1,10.0.0.2,,,
                C3,north,127.1,10.0.0.3,,,
                C4,36.8,127.1,,file:///etc/passwd,,
                C5,36.8,127.1,,http://169.254.169.254/latest/meta-data,,
                C6,36.8,127.1,,,,
                C7,36.8
                C8,36.8,127.1,10.0.0.8,,maybe,soon
                ,36.8,127.1,10.0.0.9,,,
                C10,36.8,127.1,10.0.0.10,,아니오,90,,
                """;
        List<CameraRow> rows = rows(text);
        assertThat(errors(rows.get(0))).isEmpty();
        assertThat(errors(rows.get(1))).containsExactly("3 위도 136.8 between -90 and 90");
        assertThat(errors(rows.get(2))).containsExactly("4 위도 north not a number");
        assertThat(errors(rows.get(3)))
                .containsExactly("5 hlsUrl file:///etc/passwd must begin with http:// or https://");
        assertThat(errors(rows.get(4)).getFirst())
                .startsWith(
                        "6 hlsUrl http://169.254.169.254/latest/meta-data address in a special");
        assertThat(errors(rows.get(5))).containsExactly("7 IP 주소 null ip or hlsUrl is required");
        assertThat(errors(rows.get(6)))
                .containsExactly("8 null null 2 cells, where the header has 7");
        assertThat(errors(rows.get(7)))
                .containsExactly(
                        "9 enabled maybe one of true, false, 1, 0, Y, N, 예, 아니오, 사용, 미사용",
                        "9 interval soon not a duration, such as 15m or PT15M, or seconds");
        assertThat(errors(rows.get(8))).containsExactly("10 관리번호 null required");
        assertThat(errors(rows.get(9))).isEmpty();
        assertThat(rows.get(9).over(null).enabled()).isFalse();
        assertThat(rows.get(9).over(null).interval()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aCellThatCannotBeReadHidesNoOtherErrorOfItsRow() {
        String text = "id,위도,ip,interval\nC1,north,10.0.0.1,99d\nC 2,x,nowhere!,\n";
        List<CameraRow> rows = rows(text);
        assertThat(errors(rows.get(0)))
                .containsExactly(
                        "2 위도 north not a number", "2 interval PT2376H between 1s and 24h");
        assertThat(errors(rows.get(1)))
                .hasSize(3)
                .anyMatch(error -> error.startsWith("3 위도 x "))
                .anyMatch(error -> error.startsWith("3 id C 2 "))
                .anyMatch(error -> error.startsWith("3 ip nowhere! "));
    }

    @Test
    void absentColumnLeavesTheStoredValueAndABlankCellClearsIt() {
        Camera stored =
                one("id,ip,line,vendor,interval\nC1,10.0.0.1,L-1,V,15m").over(null).toCamera();
        CameraDraft merged = one("id,ip,line\nC1,10.0.0.2, ").over(stored);
        assertThat(merged.ip()).isEqualTo("10.0.0.2");
        assertThat(merged.line()).isNull();
        assertThat(merged.vendor()).isEqualTo("V");
        assertThat(merged.interval()).isEqualTo(Duration.ofMinutes(15));
        CameraRow blank = one("id,hls\nC1,");
        assertThat(blank.errors(STANDARD, blank.over(stored))).as("ip is stored").isEmpty();
    }

    @Test
    void exportIsTakenBackAsItWas() {
        String text =
                """
                id,name,address,lat,lon,ip,hls,line,site,district,vendor,enabled,interval,probeIcmp,probeHls
                C1,"=HYPERLINK(""x"")","a, ""b\""",36.5,-127.25,10.0.0.1,,+82,'=quoted,@d,-v,N,PT1M30S,예,0
                """;
        Camera camera = one(text).over(null).toCamera();
        assertThat(camera.site()).as("one quote is a guard").isEqualTo("=quoted");
        String csv = CameraCsv.HEADER + CameraCsv.row(camera);
        assertThat(csv).contains("\"'=HYPERLINK(\"\"x\"\")\"", ",'+82,", ",'@d,", ",'-v,");
        assertThat(one(csv).over(null).toCamera()).isEqualTo(camera);

        Camera quote = one("id,ip,name\nC2,10.0.0.1,''=x").over(null).toCamera();
        assertThat(quote.name()).isEqualTo("'=x");
        assertThat(one(CameraCsv.HEADER + CameraCsv.row(quote)).over(null).name()).isEqualTo("'=x");
    }

    @Test
    void wrongCharsetIsToldByRowAndColumn() {
        byte[] korean =
                "id,name,ip\nC1,plain,10.0.0.1\nC2,물빛공원,10.0.0.2\n".getBytes(CharsetGuess.MS949);
        List<CameraRow> asUtf8 = rows(korean, StandardCharsets.UTF_8);
        assertThat(errors(asUtf8.get(0))).isEmpty();
        assertThat(errors(asUtf8.get(1)).getFirst())
                .startsWith("3 name ")
                .contains("cannot be read as UTF-8, the text is MS949", "charset=auto");
        byte[] unicode = "id,name,ip\nC1,물빛공원 입구,10.0.0.1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(errors(rows(unicode, CharsetGuess.MS949).getFirst()).getFirst())
                .startsWith("2 name ")
                .contains("cannot be read as MS949, the text is UTF-8");
        byte[] header = "관리번호,IP\nC1,10.0.0.1\n".getBytes(CharsetGuess.MS949);
        assertThatThrownBy(() -> rows(header, StandardCharsets.UTF_8))
                .hasMessageContainingAll("no column for id", "cannot be read as UTF-8");
    }

    @Test
    void spreadsheetFileIsRecognised() {
        assertThatThrownBy(() -> rows("PK\u0003\u0004\u0014\u0000\u0006"))
                .isInstanceOf(SpreadsheetException.class);
    }

    @Test
    void randomBytesNeverThrowAnythingElse() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        byte[] alphabet = "id,ip\",\"\r\n'=\t 1.5가".getBytes(CharsetGuess.MS949);
        for (int round = 0; round < 1000; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (round % 2 == 0) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = alphabet[Math.floorMod(bytes[i], alphabet.length)];
                }
            }
            byte[] head = "id,ip\n".getBytes(StandardCharsets.US_ASCII);
            byte[] text = Arrays.copyOf(head, head.length + bytes.length);
            System.arraycopy(bytes, 0, text, head.length, bytes.length);
            for (CameraRow row : rows(text, null)) {
                assertThat(row.errors(STANDARD, row.over(null))).allMatch(e -> !e.text().isEmpty());
            }
            try {
                rows(bytes, null);
            } catch (TableException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CameraTableTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
