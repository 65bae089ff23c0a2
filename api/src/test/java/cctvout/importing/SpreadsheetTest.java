package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cctvout.camera.Camera;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/** XLSX files, made here byte by byte, into a registry. */
class SpreadsheetTest {

    private final ImportRig rig = new ImportRig();

    @Test
    void rowsBecomeCamerasWithTheirNumbersAsTexts() throws IOException {
        ImportReport report =
                rig.imported(
                        Xlsx.of(
                                ImportRig.HEADER
                                        + Xlsx.row(
                                                2,
                                                Xlsx.number("1001"),
                                                Xlsx.text("시청 앞"),
                                                Xlsx.number("36.810000000000002"),
                                                Xlsx.number("127.15"),
                                                Xlsx.text("10.0.0.1"))
                                        + Xlsx.row(
                                                4,
                                                Xlsx.text("A-2"),
                                                Xlsx.text("역 광장"),
                                                "",
                                                "",
                                                Xlsx.text("10.0.0.2"))));
        assertThat(report.errors()).isEmpty();
        assertThat(report.created()).isEqualTo(2);
        Camera first = rig.stored("1001");
        assertThat(first.name()).isEqualTo("시청 앞");
        assertThat(first.latitude()).isEqualTo(36.81);
        assertThat(rig.stored("A-2").name()).isEqualTo("역 광장");
    }

    /** Long headers of a request leave little room for the body in the first read. */
    @Test
    void aBodyOfWhichTheFirstByteComesAloneIsKnownForWhatItIs() throws IOException {
        byte[] body =
                Xlsx.of(
                        ImportRig.HEADER
                                + Xlsx.row(2, Xlsx.text("B-1"), "", "", "", Xlsx.text("10.0.0.1")));
        assertThat(rig.imported(body, 1).created()).isOne();
        assertThat(rig.imported("id,ip\nB-1,10.0.0.1".getBytes(US_ASCII), 1).unchanged()).isOne();
    }

    /** As spreadsheet programs save them. */
    @Test
    void textsThatCellsShareAreRead() throws IOException {
        String texts =
                "<sst><si><t>관리번호</t></si><si><t>IP</t></si><si><t>S-1</t></si>"
                        + "<si><r><t>10.0.</t></r><r><t>0.1</t></r></si></sst>";
        ImportReport report =
                rig.imported(
                        Xlsx.file(
                                Xlsx.part("xl/sharedStrings.xml", Xlsx.bytes(texts)),
                                Xlsx.sheet(
                                        Xlsx.row(1, Xlsx.shared(0), Xlsx.shared(1))
                                                + Xlsx.row(2, Xlsx.shared(2), Xlsx.shared(3)))));
        assertThat(report.errors()).isEmpty();
        assertThat(rig.stored("S-1").ip()).isEqualTo("10.0.0.1");
    }

    /** As ClosedXML and the Open XML SDK write it: the whole under a prefix. */
    @Test
    void rowsUnderAPrefixAreRowsHoweverManyTheyAre() throws IOException {
        StringBuilder rows = new StringBuilder(ImportRig.HEADER);
        for (int i = 2; i < 8002; i++) {
            String id = Xlsx.text("P-" + i);
            rows.append(Xlsx.row(i, id, Xlsx.text("x".repeat(20)), "", "", Xlsx.text("10.0.0.1")));
        }
        String sheet = Xlsx.worksheet(rows.toString()).replace("</", "</x:");
        sheet =
                sheet.replaceAll("<(?!/)", "<x:")
                        .replaceFirst("<x:worksheet", "<x:worksheet xmlns:x=\"urn:x\"");

        ImportReport report =
                rig.imported(Xlsx.file(Xlsx.part("xl/worksheets/sheet1.xml", Xlsx.bytes(sheet))));

        assertThat(report.errors()).isEmpty();
        assertThat(report.created()).isEqualTo(8000);
    }

    /**
     * A spreadsheet program makes a link of each URL that is typed, and lists them behind the rows.
     */
    @Test
    void whatIsNoRowMayBeLongerThanOne() throws IOException {
        String link = "<hyperlink ref=\"G%d\" r:id=\"rId%d\"/>";
        StringBuilder links = new StringBuilder("<hyperlinks xmlns:r=\"urn:r\">");
        StringBuilder rels = new StringBuilder("<Relationships>");
        for (int i = 0; i < 30_000; i++) {
            links.append(link.formatted(i, i));
            rels.append("<Relationship Id=\"rId%d\" Target=\"http://x/%d\"/>".formatted(i, i));
        }
        String row = Xlsx.row(2, Xlsx.text("L-1"), "", "", "", Xlsx.text("10.0.0.1"));
        String empty = "<row r=\"3\" ht=\"15\" customHeight=\"1\"/>".repeat(30_000);
        String sheet = Xlsx.worksheet(ImportRig.HEADER + row + empty);
        sheet = sheet.replace("</worksheet>", links + "</hyperlinks></worksheet>");

        ImportReport report =
                rig.imported(
                        Xlsx.file(
                                Xlsx.part("xl/worksheets/sheet1.xml", Xlsx.bytes(sheet)),
                                Xlsx.part(
                                        "xl/worksheets/_rels/sheet1.xml.rels",
                                        Xlsx.bytes(rels + "</Relationships>"))));

        assertThat(report.created()).isOne();
    }

    @Test
    void aBadRowIsNamedAsTheSpreadsheetShowsIt() throws IOException {
        ImportReport report =
                rig.imported(
                        Xlsx.of(
                                ImportRig.HEADER
                                        + Xlsx.row(
                                                7,
                                                Xlsx.text("B-1"),
                                                Xlsx.text("x"),
                                                Xlsx.number("95"),
                                                Xlsx.number("1"),
                                                Xlsx.text("10.0.0.1"))
                                        + Xlsx.row(
                                                8,
                                                Xlsx.text("B-2"),
                                                Xlsx.text("x"),
                                                Xlsx.number("35"),
                                                Xlsx.number("1"),
                                                Xlsx.text("10.0.0.2"))));
        assertThat(report.created()).isEqualTo(1);
        assertThat(report.errors()).hasSize(1);
        assertThat(report.errors().getFirst().row()).isEqualTo(7);
        assertThat(report.errors().getFirst().column()).isEqualTo("위도");
    }

    @Test
    void aFormulaCountsAsWhatItCameTo() throws IOException {
        String formula = "<c t=\"str\"><f>\"C\"&amp;\"-1\"</f><v>C-1</v></c>";
        ImportReport report =
                rig.imported(
                        Xlsx.of(
                                ImportRig.HEADER
                                        + Xlsx.row(
                                                2,
                                                formula,
                                                Xlsx.text("x"),
                                                "",
                                                "",
                                                Xlsx.text("10.0.0.1"))));
        assertThat(report.created()).isEqualTo(1);
        assertThat(rig.stored("C-1").name()).isEqualTo("x");
    }

    /**
     * What a spreadsheet would compute comes out of an export as a text, and in again as it was.
     */
    @Test
    void aFormulaInACellLeavesAsText() throws IOException {
        for (String active :
                List.of("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "＝1+1", "＋1")) {
            String cell = active.replace("\"", "&quot;");
            ImportReport report =
                    rig.imported(
                            Xlsx.of(
                                    ImportRig.HEADER
                                            + Xlsx.row(
                                                    2,
                                                    Xlsx.text("F-1"),
                                                    Xlsx.text(cell),
                                                    "",
                                                    "",
                                                    Xlsx.text("10.0.0.1"))));

            assertThat(report.rejected()).isZero();
            assertThat(rig.stored("F-1").name()).isEqualTo(active);
            String out = CameraCsv.row(rig.stored("F-1"));
            assertThat(out.replace("\"", "")).contains(",'" + active.replace("\"", ""));
        }
    }
}
