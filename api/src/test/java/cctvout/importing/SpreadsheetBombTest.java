package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files that are made to cost, or to fetch, more than a table does. */
class SpreadsheetBombTest {

    private final ImportRig rig = new ImportRig();

    @Test
    void whatUnpacksToMoreThanTheLimitIsRefused() throws IOException {
        byte[] texts = Xlsx.bytes("<sst>" + "<si><t/></si>".repeat(800_000) + "</sst>");
        byte[] zeros = new byte[9 << 20];
        for (byte[] much : List.of(texts, zeros)) {
            rig.refused(
                    Xlsx.file(
                            Xlsx.part("xl/sharedStrings.xml", much), Xlsx.sheet(ImportRig.HEADER)),
                    "cctvout.import.max-unpacked");
        }
    }

    @Test
    void aRowWithoutEndIsRefused() throws IOException {
        byte[] cells = ("<row r=\"2\">" + Xlsx.text("x").repeat(60_000)).getBytes(UTF_8);
        rig.refused(Xlsx.of(ImportRig.HEADER + new String(cells, UTF_8)), "a row of more than");
    }

    @Test
    void externalEntitiesAreNotFetched() throws Exception {
        try (ServerSocket sentinel = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String type =
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"http://127.0.0.1:"
                            + sentinel.getLocalPort()
                            + "/x\">]>";
            byte[] body =
                    Xlsx.file(
                            Xlsx.part(
                                    "xl/sharedStrings.xml",
                                    Xlsx.bytes(type + "<sst><si><t>&e;</t></si></sst>")),
                            Xlsx.part(
                                    "xl/worksheets/sheet1.xml",
                                    Xlsx.bytes(
                                            type
                                                    + Xlsx.worksheet(
                                                            ImportRig.HEADER
                                                                    + Xlsx.row(
                                                                            2,
                                                                            Xlsx.text("&e;"),
                                                                            Xlsx.text("x"))))));
            rig.run(body).then().onErrorComplete().as(StepVerifier::create).verifyComplete();
            sentinel.setSoTimeout(300);
            try {
                sentinel.accept().close();
                throw new AssertionError("an external entity was fetched");
            } catch (SocketTimeoutException nobodyCame) {
                assertThat(rig.registry.cameras).isEmpty();
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
        String grown =
                Xlsx.row(2, Xlsx.text("&e29;"), Xlsx.text("x"), "", "", Xlsx.text("10.0.0.1"));
        byte[] body =
                Xlsx.file(
                        Xlsx.part(
                                "xl/worksheets/sheet1.xml",
                                Xlsx.bytes(
                                        type + "]>" + Xlsx.worksheet(ImportRig.HEADER + grown))));

        rig.run(body).then().onErrorComplete().as(StepVerifier::create).verifyComplete();

        assertThat(rig.registry.cameras).isEmpty();
    }

    /** A cell that says it stands far out makes no row of that many cells. */
    @Test
    void aCellFarOutCostsItsRowAlone() throws IOException {
        String far = "<row r=\"2\"><c r=\"XFD2\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
        ImportReport report =
                rig.imported(
                        Xlsx.of(
                                ImportRig.HEADER
                                        + far.repeat(20)
                                        + Xlsx.row(
                                                3,
                                                Xlsx.text("D-1"),
                                                Xlsx.text("x"),
                                                "",
                                                "",
                                                Xlsx.text("10.0.0.1"))));

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.rejected()).isEqualTo(20);
        assertThat(report.errors().getFirst().reason()).contains("cells");
    }

    @Test
    void aCellWhereNoSheetHasOneIsRefused() throws IOException {
        for (String at : List.of("FXSHRXW2", "AAAA2", "\u9fff\u9fff2", "$$2", "A12345678")) {
            String cell = "<row r=\"2\"><c r=\"" + at + "\"><v>1</v></c></row>";
            rig.refused(Xlsx.of(ImportRig.HEADER + cell), "where no sheet has one");
        }
    }

    /** What looks like a row's end and is none does not make the row shorter. */
    @Test
    void anEndOfARowThatIsNoneEndsNone() throws IOException {
        for (String end : List.of("<!--</row>-->", "<v><![CDATA[</row>]]></v>", "<?x </row>?>")) {
            String row = "<row r=\"2\">" + ("<c/>".repeat(10_000) + end).repeat(2);
            rig.refused(
                    Xlsx.of(ImportRig.HEADER + row + "</row>"), "a row of more than 16384 cells");
            String wide = "<c><v>" + "1".repeat(1000) + "</v></c>";
            rig.refused(
                    Xlsx.of(ImportRig.HEADER + "<row>" + (wide.repeat(600) + end).repeat(2)),
                    "a row of more than 1048576 bytes");
        }
    }

    @Test
    void aSheetThatStandsElsewhereIsLookedThroughToo() throws IOException {
        String rels =
                "<Relationships><Relationship Id=\"r1\""
                        + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
                        + " Target=\"x.png\"/></Relationships>";
        String row = "<row r=\"2\">" + "<c/>".repeat(20_000) + "</row>";
        rig.refused(
                Xlsx.zip(
                        Xlsx.part("xl/workbook.xml", Xlsx.bytes("<workbook/>")),
                        Xlsx.part("xl/_rels/workbook.xml.rels", Xlsx.bytes(rels)),
                        Xlsx.part("xl/x.png", Xlsx.bytes(Xlsx.worksheet(row)))),
                "a row of more than 16384 cells");
    }

    @Test
    void aTagWithoutEndIsRefused() throws IOException {
        rig.refused(
                Xlsx.of(ImportRig.HEADER + "<row r=\"2" + " ".repeat(3 << 20) + "\"></row>"),
                "1048576 bytes without a tag");
    }

    @Test
    void partsWithoutEndAreRefused() throws IOException {
        List<Xlsx.Part> parts = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            parts.add(Xlsx.part("xl/media/" + i, new byte[0]));
        }
        rig.refused(Xlsx.file(parts.toArray(Xlsx.Part[]::new)), "more than 1000 parts");
    }

    @Test
    void anotherZipAndADamagedOneAreRefused() throws IOException {
        rig.refused(
                Xlsx.zip(Xlsx.part("word/document.xml", Xlsx.bytes("<x/>"))),
                "no XLSX spreadsheet");
        byte[] whole = Xlsx.of(ImportRig.HEADER);
        rig.refused(Arrays.copyOf(whole, whole.length / 2), "not a readable XLSX file");
    }
}
