package cctvout.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plain CSV as a spreadsheet program saves it: all texts in one table, cells that name them. */
final class SpreadsheetFile {

    private static final String OFFICE =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private SpreadsheetFile() {}

    /** Beside the CSV. */
    static Path of(Path csv) throws IOException {
        Path file = csv.resolveSibling("cameras.xlsx");
        Map<String, Integer> texts = new LinkedHashMap<>();
        try (var zip = new ZipOutputStream(Files.newOutputStream(file));
                Writer out =
                        new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            part(zip, out, "[Content_Types].xml");
            out.write("<Types>" + content("workbook", "sheet.main"));
            out.write(content("sharedStrings", "sharedStrings") + "</Types>");
            part(zip, out, "xl/workbook.xml");
            out.write("<workbook xmlns:r=\"" + OFFICE + "\"><sheets>");
            out.write("<sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            part(zip, out, "xl/_rels/workbook.xml.rels");
            out.write("<Relationships>" + related("r1", "worksheet", "worksheets/sheet1.xml"));
            out.write(related("r2", "sharedStrings", "sharedStrings.xml") + "</Relationships>");
            part(zip, out, "xl/worksheets/sheet1.xml");
            sheet(csv, out, texts);
            part(zip, out, "xl/sharedStrings.xml");
            out.write("<sst>");
            for (String text : texts.keySet()) {
                String safe = text.replace("&", "&amp;").replace("<", "&lt;");
                out.write("<si><t>" + safe + "</t></si>");
            }
            out.write("</sst>");
        }
        return file;
    }

    private static void sheet(Path csv, Writer out, Map<String, Integer> texts) throws IOException {
        out.write("<worksheet><sheetData>");
        try (BufferedReader lines = Files.newBufferedReader(csv)) {
            int row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row++;
                out.write("<row r=\"" + row + "\">");
                char column = 'A';
                for (String cell : line.replace("\ufeff", "").split(",", -1)) {
                    int text = texts.computeIfAbsent(cell, _ -> texts.size());
                    out.write("<c r=\"" + column + row + "\" t=\"s\"><v>" + text + "</v></c>");
                    column++;
                }
                out.write("</row>");
            }
        }
        out.write("</sheetData></worksheet>");
    }

    /** A part that is not named here is not found by who reads the file. */
    private static String content(String part, String type) {
        return ("<Override PartName=\"/xl/%s.xml\" ContentType=\"application/vnd"
                        + ".openxmlformats-officedocument.spreadsheetml.%s+xml\"/>")
                .formatted(part, type);
    }

    private static String related(String id, String type, String target) {
        return "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>"
                .formatted(id, OFFICE, type, target);
    }

    private static void part(ZipOutputStream zip, Writer out, String name) throws IOException {
        out.flush();
        zip.putNextEntry(new ZipEntry(name));
    }
}
