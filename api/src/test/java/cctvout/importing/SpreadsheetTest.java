package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** XLSX files, made here byte by byte, into a registry. */
class SpreadsheetTest {

    private static final String HEADER =
            row(1, text("관리번호"), text("설치위치명"), text("위도"), text("경도"), text("IP"), text("업체"));

    private final MemoryRegistry registry = new MemoryRegistry();
    private final CameraImport cameraImport =
            new CameraImport(
                    registry,
                    new CameraCheck(AllowedNetworks.of(List.of("private"))),
                    new ImportSettings(
                            DataSize.ofMegabytes(16),
                            DataSize.ofMegabytes(8),
                            60_000,
                            65_536,
                            9,
                            2));

    @Test
    void rowsBecomeCamerasWithTheirNumbersAsTexts() throws IOException {
        ImportReport report =
                imported(
                        xlsx(
                                HEADER
                                        + row(
                                                2,
                                                number("1001"),
                                                text("시청 앞"),
                                                number("36.810000000000002"),
                                                number("127.15"),
                                                text("10.0.0.1"))
                                        + row(
                                                4,
                                                text("A-2"),
                                                text("역 광장"),
                                                "",
                                                "",
                                                text("10.0.0.2"))));
        assertThat(report.errors()).isEmpty();
        assertThat(report.created()).isEqualTo(2);
        Camera first = stored("1001");
        assertThat(first.name()).isEqualTo("시청 앞");
        assertThat(first.latitude()).isEqualTo(36.81);
        assertThat(stored("A-2").name()).isEqualTo("역 광장");
    }

    @Test
    void aBadRowIsNamedAsTheSpreadsheetShowsIt() throws IOException {
        ImportReport report =
                imported(
                        xlsx(
                                HEADER
                                        + row(
                                                7,
                                                text("B-1"),
                                                text("x"),
                                                number("95"),
                                                number("1"),
                                                text("10.0.0.1"))
                                        + row(
                                                8,
                                                text("B-2"),
                                                text("x"),
                                                number("35"),
                                                number("1"),
                                                text("10.0.0.2"))));
        assertThat(report.created()).isEqualTo(1);
        assertThat(report.errors()).hasSize(1);
        assertThat(report.errors().getFirst().row()).isEqualTo(7);
        assertThat(report.errors().getFirst().column()).isEqualTo("위도");
    }

    @Test
    void aFormulaCountsAsWhatItCameTo() throws IOException {
        String formula = "<c t=\"str\"><f>\"C\"&amp;\"-1\"</f><v>C-1</v></c>";
        ImportReport report =
                imported(xlsx(HEADER + row(2, formula, text("x"), "", "", text("10.0.0.1"))));
        assertThat(report.created()).isEqualTo(1);
        assertThat(stored("C-1").name()).isEqualTo("x");
    }

    @Test
    void whatUnpacksToMoreThanTheLimitIsRefused() throws IOException {
        byte[] zeros = new byte[9 << 20];
        Arrays.fill(zeros, (byte) ' ');
        refused(
                file(part("xl/sharedStrings.xml", zeros), sheet(HEADER)),
                "cctvout.import.max-unpacked");
    }

    @Test
    void aRowWithoutEndIsRefused() throws IOException {
        byte[] cells = ("<row r=\"2\">" + text("x").repeat(60_000)).getBytes(UTF_8);
        refused(xlsx(HEADER + new String(cells, UTF_8)), "a row of more than");
    }

    @Test
    void externalEntitiesAreNotFetched() throws Exception {
        try (ServerSocket sentinel = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String type =
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"http://127.0.0.1:"
                            + sentinel.getLocalPort()
                            + "/x\">]>";
            byte[] body =
                    file(
                            part(
                                    "xl/sharedStrings.xml",
                                    bytes(type + "<sst><si><t>&e;</t></si></sst>")),
                            part(
                                    "xl/worksheets/sheet1.xml",
                                    bytes(
                                            type
                                                    + worksheet(
                                                            HEADER
                                                                    + row(
                                                                            2,
                                                                            text("&e;"),
                                                                            text("x"))))));
            run(body).then().onErrorComplete().as(StepVerifier::create).verifyComplete();
            sentinel.setSoTimeout(300);
            try {
                sentinel.accept().close();
                throw new AssertionError("an external entity was fetched");
            } catch (SocketTimeoutException nobodyCame) {
                assertThat(registry.cameras).isEmpty();
            }
        }
    }

    /** A billion laughs: what a document type says is not read, so nothing grows. */
    @Test
    void entitiesThatGrowAreNotResolved() throws IOException {
        StringBuilder type = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"haha\">");
        for (int i = 1; i < 30; i++) {
            type.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
        }
        String grown = row(2, text("&e29;"), text("x"), "", "", text("10.0.0.1"));
        byte[] body =
                file(
                        part(
                                "xl/worksheets/sheet1.xml",
                                bytes(type + "]>" + worksheet(HEADER + grown))));

        run(body).then().onErrorComplete().as(StepVerifier::create).verifyComplete();

        assertThat(registry.cameras).isEmpty();
    }

    /** A cell that says it stands far out makes no row of that many cells. */
    @Test
    void aCellFarOutCostsItsRowAlone() throws IOException {
        String far = "<row r=\"2\"><c r=\"XFD2\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
        ImportReport report =
                imported(
                        xlsx(
                                HEADER
                                        + far.repeat(20)
                                        + row(
                                                3,
                                                text("D-1"),
                                                text("x"),
                                                "",
                                                "",
                                                text("10.0.0.1"))));

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.rejected()).isEqualTo(20);
        assertThat(report.errors().getFirst().reason()).contains("cells");
    }

    @Test
    void partsWithoutEndAreRefused() throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            parts.add(part("xl/media/" + i, new byte[0]));
        }
        refused(file(parts.toArray(Part[]::new)), "more than 1000 parts");
    }

    /**
     * What a spreadsheet would compute comes out of an export as a text, and in again as it was.
     */
    @Test
    void aFormulaInACellLeavesAsText() throws IOException {
        for (String active : List.of("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")")) {
            String cell = active.replace("\"", "&quot;");
            ImportReport report =
                    imported(
                            xlsx(
                                    HEADER
                                            + row(
                                                    2,
                                                    text("F-1"),
                                                    text(cell),
                                                    "",
                                                    "",
                                                    text("10.0.0.1"))));

            assertThat(report.rejected()).isZero();
            assertThat(stored("F-1").name()).isEqualTo(active);
            String out = CameraCsv.row(stored("F-1"));
            assertThat(out.replace("\"", "")).contains(",'" + active.replace("\"", ""));
        }
    }

    @Test
    void anotherZipAndADamagedOneAreRefused() throws IOException {
        refused(zip(part("word/document.xml", bytes("<x/>"))), "no XLSX spreadsheet");
        byte[] whole = xlsx(HEADER);
        refused(Arrays.copyOf(whole, whole.length / 2), "not a readable XLSX file");
    }

    private void refused(byte[] body, String reason) {
        StepVerifier.create(run(body))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(TableException.class)
                                        .hasMessageContaining(reason))
                .verify(Duration.ofSeconds(30));
    }

    private ImportReport imported(byte[] body) {
        List<ImportReport> reports = new ArrayList<>();
        StepVerifier.create(run(body))
                .recordWith(() -> reports)
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        return reports.getFirst();
    }

    /** In pieces, as a body comes. */
    private Mono<ImportReport> run(byte[] body) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < body.length; at += 1000) {
            pieces.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + 1000)));
        }
        return cameraImport.run(Flux.fromIterable(pieces), null, ColumnMap.NONE, false);
    }

    private Camera stored(String id) {
        return Objects.requireNonNull(registry.get(id), id);
    }

    // ---- the file ----

    private record Part(String name, byte[] content) {}

    private static byte[] xlsx(String rows) throws IOException {
        return file(sheet(rows));
    }

    private static byte[] file(Part... parts) throws IOException {
        List<Part> all =
                new ArrayList<>(
                        List.of(
                                part(
                                        "xl/workbook.xml",
                                        bytes(
                                                "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet"
                                                        + " name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")),
                                part(
                                        "xl/_rels/workbook.xml.rels",
                                        bytes(
                                                "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
                                                        + " Target=\"worksheets/sheet1.xml\"/></Relationships>")),
                                part(
                                        "[Content_Types].xml",
                                        bytes(
                                                "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"))));
        all.addAll(List.of(parts));
        return zip(all.toArray(Part[]::new));
    }

    private static byte[] zip(Part... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Part part : parts) {
                zip.putNextEntry(new ZipEntry(part.name()));
                zip.write(part.content());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Part part(String name, byte[] content) {
        return new Part(name, content);
    }

    private static Part sheet(String rows) {
        return part("xl/worksheets/sheet1.xml", bytes(worksheet(rows)));
    }

    private static String worksheet(String rows) {
        return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String row(int number, @Nullable String... cells) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            String at = "<c r=\"" + (char) ('A' + i) + number + "\"";
            row.append(Objects.requireNonNull(cells[i]).replaceFirst("^<c", at));
        }
        return row.append("</row>").toString();
    }

    private static String text(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String number(String number) {
        return "<c><v>" + number + "</v></c>";
    }
}
