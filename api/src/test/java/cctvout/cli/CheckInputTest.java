package cctvout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.importing.Xlsx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** In what forms cameras may be given; nobody answers at these ports of loopback. */
@Timeout(60)
@ExtendWith(KeptLogLevel.class)
class CheckInputTest {

    private static final String DEAD = "http://127.250.1.1:9/live.m3u8";

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aSpreadsheetIsReadAsTheImportReadsIt() throws Exception {
        byte[] sheet =
                Xlsx.of(
                        Xlsx.row(1, Xlsx.text("관리번호"), Xlsx.text("IP"), Xlsx.text("hls"))
                                + Xlsx.row(2, Xlsx.number("1001"), "", Xlsx.text(DEAD))
                                + Xlsx.row(3, Xlsx.text("나 2!"), "", Xlsx.text(DEAD)));
        // not a name that says what it is, and a pipe has no name at all
        assertThat(run(sheet, "check", "-", "--hls-only")).isEqualTo(2);
        assertThat(said()).contains("standard input: row 3, column 관리번호: ");
        byte[] good =
                Xlsx.of(
                        Xlsx.row(1, Xlsx.text("관리번호"), Xlsx.text("hls"))
                                + Xlsx.row(2, Xlsx.number("1001"), Xlsx.text(DEAD)));
        Path file = Files.write(folder.resolve("cameras"), good);
        for (List<String> way : List.of(List.of(file.toString()), List.of("-"))) {
            out.reset();
            assertThat(run(good, "check", way.getFirst(), "--hls-only")).isEqualTo(1);
            assertThat(lines()).singleElement().asString().matches("CAMERA_FAULT +1001 .*");
        }
    }

    @Test
    void whatIsNoTableIsSaidInWords() throws Exception {
        byte[] old = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0, 0};
        assertThat(run(old, "check", "-")).isEqualTo(2);
        assertThat(said()).contains("old XLS file: save it as XLSX or CSV");
        assertThat(run(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "check", "-")).isEqualTo(2);
        assertThat(said()).contains("a gzip file: unpack it");
        assertThat(run(new byte[] {'P', 'K', 3, 4, 0, 0}, "check", "-")).isEqualTo(2);
        assertThat(said()).contains("not a readable XLSX file");
        assertThat(run(new byte[0], "check", "-")).isEqualTo(2);
        assertThat(said()).contains("the table is empty");
        assertThat(run(new byte[0], "check", "missing.xlsx")).isEqualTo(2);
        assertThat(said()).contains("missing.xlsx: no such file");
        assertThat(run(new byte[0], "check", folder.toString())).isEqualTo(2);
        assertThat(said()).contains("cannot be read");
    }

    @Test
    void aListOfAddressesHostsAndUrlsIsTakenToo() throws Exception {
        String list = "\ufeff# gate\n127.250.1.2\r\n\n" + DEAD + "\n  localhost  \n";
        assertThat(run(list.getBytes(UTF_8), "check", "-", "--hls-only")).isEqualTo(1);
        assertThat(lines())
                .hasSize(3)
                .anyMatch(line -> line.matches("\\S+ +127.250.1.2 .*"))
                .anyMatch(line -> line.matches("CAMERA_FAULT +127.250.1.1:9-live.m3u8 .*"))
                .anyMatch(line -> line.matches("\\S+ +localhost .*"));
        Path file = Files.writeString(folder.resolve("hosts"), "127.0.0.1\nno host\n224.0.0.1\n");
        assertThat(run(new byte[0], "check", file.toString())).isEqualTo(2);
        assertThat(said())
                .contains("hosts: no host: ")
                .contains("hosts: 224.0.0.1: ")
                .contains("hosts: 2 rows are no cameras");
    }

    @Test
    void aTableIsNoListThoughItBeginsWithACameraAndATableInMs949IsRead() {
        String headless = "A," + DEAD + "\n";
        assertThat(run(headless.getBytes(UTF_8), "check", "-")).isEqualTo(2);
        assertThat(said()).contains("row 1 has no column for id");
        byte[] korean =
                ("관리번호,설치위치명,hls\nK-1,시청 앞," + DEAD + "\n")
                        .getBytes(Charset.forName("x-windows-949"));
        assertThat(run(korean, "check", "-", "--hls-only")).isEqualTo(1);
        assertThat(lines()).singleElement().asString().startsWith("CAMERA_FAULT");
    }

    @Test
    void whatIsMisspelledIsNamedAndNothingIsProbed() {
        assertThat(run(new byte[0], "check", "127.0.0.1", "--cuont", "3")).isEqualTo(2);
        assertThat(said()).contains("--cuont");
        assertThat(run(new byte[0], "chek", "127.0.0.1")).isEqualTo(2);
        assertThat(said()).contains("chek");
        assertThat(run(new byte[0], "check", "127.0.0.1", "--count", "many")).isEqualTo(2);
        assertThat(said()).contains("--count");
        assertThat(run(new byte[0], "check", "127.0.0.1", "--charset", "latin1")).isEqualTo(2);
        assertThat(out.size()).isZero();
    }

    @Test
    void whereNobodyReadsAnyMoreItEndsWithoutAWordButTheSummary() {
        String many =
                IntStream.range(0, 3000)
                        .mapToObj(i -> "http://127.251.%d.%d:9/x".formatted(i / 250, 1 + i % 250))
                        .collect(Collectors.joining("\n"));
        var closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(many.getBytes(UTF_8)),
                        new PrintStream(closed),
                        new PrintStream(err),
                        false);
        assertThat(Cli.run(terminal, "check", "-", "--hls-only")).isEqualTo(1);
        assertThat(said().lines()).singleElement().asString().contains(" cameras in ");
    }

    private int run(byte[] in, String... args) {
        err.reset();
        var terminal =
                new Terminal(
                        new ByteArrayInputStream(in),
                        new PrintStream(out, false, UTF_8),
                        new PrintStream(err, false, UTF_8),
                        false);
        return Cli.run(terminal, args);
    }

    private String said() {
        return err.toString(UTF_8);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }
}
