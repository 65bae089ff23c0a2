package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CsvParserTest {

    @Test
    void quotesCommasAndLineEndsInsideCellsAreText() {
        assertThat(rows("a,\"b, \"\"c\"\"\nd\",e\r\n1,2,3"))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("a", "b, \"c\"\nd", "e"), List.of("1", "2", "3"));
    }

    @Test
    void everyLineEndIsTaken() {
        assertThat(rows("a\nb\r\nc\rd\n\ne"))
                .extracting(row -> row.cells().getFirst())
                .containsExactly("a", "b", "c", "d", "", "e");
    }

    /** As a spreadsheet program saves what it calls text, or where the comma is for decimals. */
    @Test
    void tabsAndSemicolonsPartTheCellsOfATableWithoutACommaInItsHeader() {
        assertThat(rows("\n a\t\"b;\tc,\"\n1;2\t\"3\"\t4"))
                .extracting(CsvRow::cells)
                .containsExactly(List.of(""), List.of(" a", "b;\tc,"), List.of("1;2", "3", "4"));
        assertThat(rows("a;b\n1,5;\"2;\""))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("a", "b"), List.of("1,5", "2;"));
        assertThat(rows("a;,b\n1;2,3"))
                .extracting(CsvRow::cells)
                .containsExactly(List.of("a;", "b"), List.of("1;2", "3"));
    }

    @Test
    void rowsAreNumberedAsASpreadsheetShowsThem() {
        assertThat(rows("h\n\n\"two\nlines\"\nlast"))
                .extracting(CsvRow::number)
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void piecesOfAnySizeMakeTheSameRows() {
        String text = "a,\"b\"\"\r\n,c\"\r\nd,e\r\n";
        List<CsvRow> whole = rows(text);
        List<CsvRow> pieces = new ArrayList<>();
        var parser = new CsvParser(1000, pieces::add);
        for (char c : text.toCharArray()) {
            parser.feed(String.valueOf(c));
        }
        parser.finish();
        assertThat(pieces).isEqualTo(whole).hasSize(2);
    }

    @Test
    void quoteNeverClosedCostsItsOwnLineAlone() {
        List<CsvRow> rows = rows("id,name\n1,\"a\n2,b\n3,\"c\"\n4,d\n");
        assertThat(rows)
                .extracting(CsvRow::problem)
                .containsExactly(null, CsvParser.NOT_CLOSED, null, null, null);
        assertThat(rows.get(3).cells()).containsExactly("3", "c");
        assertThat(rows("h\n\"x\n1\n2"))
                .extracting(CsvRow::problem)
                .containsExactly(null, CsvParser.NOT_CLOSED, null, null);
    }

    @Test
    void textAfterAClosingQuoteIsThatRowsProblem() {
        assertThat(rows("\"a\"b,c\nd,e"))
                .extracting(CsvRow::problem)
                .containsExactly(CsvParser.AFTER_QUOTE, null);
        assertThat(rows(" \"a\" ,b")).extracting(CsvRow::cells).containsExactly(List.of("a", "b"));
    }

    @Test
    void tooLongRowIsLeftOutAndNamesTheSetting() {
        List<CsvRow> rows = new ArrayList<>();
        var parser = new CsvParser(20, rows::add);
        parser.feed("a\n" + "x".repeat(21) + "\nb\n\"" + "y\n".repeat(15) + "z\n");
        parser.finish();
        assertThat(rows.get(1).problem()).contains("20", "cctvout.import.max-row-chars");
        assertThat(rows.get(3).problem()).isEqualTo(CsvParser.NOT_CLOSED);
        assertThat(rows)
                .hasSize(4 + 15)
                .last()
                .extracting(r -> r.cells().getFirst())
                .isEqualTo("z");
    }

    private static List<CsvRow> rows(String text) {
        List<CsvRow> rows = new ArrayList<>();
        var parser = new CsvParser(1000, rows::add);
        parser.feed(text);
        parser.finish();
        return rows;
    }
}
