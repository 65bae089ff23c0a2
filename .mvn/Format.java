import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code Format check|write FOLDER...}: one format for every Java file; check exits 1 and names the files. */
class Format {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.AOSP;

    public static void main(String[] args) throws IOException, FormatterException {
        boolean write = args[0].equals("write");
        var options = JavaFormatterOptions.builder().style(STYLE).build();
        var formatter = new Formatter(options);
        List<Path> wrong = new ArrayList<>();
        int files = 0;
        for (int i = 1; i < args.length; i++) {
            for (Path file : javaFiles(Path.of(args[i], "src"))) {
                files++;
                String text = Files.readString(file);
                String tidy =
                        formatter.formatSource(
                                ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(text), STYLE));
                if (!tidy.equals(text)) {
                    wrong.add(file);
                    if (write) {
                        Files.writeString(file, tidy);
                    }
                }
            }
        }
        wrong.forEach(file -> System.out.println((write ? "formatted " : "not formatted: ") + file));
        System.out.println(files + " Java files, " + wrong.size() + (write ? " formatted" : " not formatted"));
        if (!write && !wrong.isEmpty()) {
            System.out.println("To format them: ./mvnw -N verify -Dformat=write");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
