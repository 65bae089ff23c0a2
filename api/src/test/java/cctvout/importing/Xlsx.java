package cctvout.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** XLSX files, part by part as a test wants them. */
public final class Xlsx {

    private Xlsx() {}

    record Part(String name, byte[] content) {}

    /** One sheet of these rows. */
    public static byte[] of(String rows) throws IOException {
        return file(sheet(rows));
    }

    static byte[] file(Part... parts) throws IOException {
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
                                                "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                                                        + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>"))));
        all.addAll(List.of(parts));
        return zip(all.toArray(Part[]::new));
    }

    static byte[] zip(Part... parts) throws IOException {
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

    static Part part(String name, byte[] content) {
        return new Part(name, content);
    }

    static Part sheet(String rows) {
        return part("xl/worksheets/sheet1.xml", bytes(worksheet(rows)));
    }

    static String worksheet(String rows) {
        return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    public static String row(int number, @Nullable String... cells) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            String at = "<c r=\"" + (char) ('A' + i) + number + "\"";
            row.append(Objects.requireNonNull(cells[i]).replaceFirst("^<c", at));
        }
        return row.append("</row>").toString();
    }

    public static String text(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    /** The text that stands at this place of the shared ones. */
    static String shared(int place) {
        return "<c t=\"s\"><v>" + place + "</v></c>";
    }

    public static String number(String number) {
        return "<c><v>" + number + "</v></c>";
    }
}
