package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.importing.CameraListing;
import cctvout.importing.RowError;
import cctvout.importing.TableException;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cameras of a file or of standard input: a table, or addresses, hosts and URLs, one a line. What
 * is wrong is told, a line each, and then there are no cameras.
 */
final class CameraFile {

    static final int MAX_CAMERAS = 1_000_000;
    static final int MAX_ERRORS = 20;

    private static final int LOOK = 8192;

    private final CameraCheck check;
    private final Consumer<String> complaint;

    CameraFile(CameraCheck check, Consumer<String> complaint) {
        this.check = check;
        this.complaint = complaint;
    }

    /**
     * @param charset of a CSV; null to tell it by content
     * @param standard what {@code -} stands for
     */
    List<Camera> read(String file, InputStream standard, @Nullable Charset charset) {
        boolean piped = file.equals("-");
        String name = piped ? "standard input" : file;
        if (!piped && Files.notExists(Path.of(file))) {
            return refused(name + ": no such file, and no address, host name or URL");
        }
        try (InputStream in = piped ? kept(standard) : new FileInputStream(file)) {
            var looked = new BufferedInputStream(in, LOOK);
            return isPlain(looked) ? plain(name, looked) : table(name, looked, charset);
        } catch (IOException unreadable) {
            return refused(name + ": cannot be read: " + unreadable.getMessage());
        } catch (TableException noTable) {
            return refused(name + ": " + noTable.getMessage());
        }
    }

    /** Standard input is not ours to close. */
    private static InputStream kept(InputStream standard) {
        return new FilterInputStream(standard) {
            @Override
            public void close() {
                // left open
            }
        };
    }

    private static boolean isPlain(InputStream in) throws IOException {
        in.mark(LOOK);
        String begin = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
        in.reset();
        return begin.lines()
                .map(CameraFile::target)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(CameraFile::isTarget)
                .isPresent();
    }

    /** A table's row may hold a URL too, but does not begin with it and has more cells. */
    private static boolean isTarget(String line) {
        boolean cells = line.indexOf(',') >= 0 || line.chars().anyMatch(Character::isWhitespace);
        return NamedTargets.isTarget(line) && (!cells || line.matches("(?i)https?://\\S+"));
    }

    /** Without a comment; empty where there is nothing else. */
    private static String target(String line) {
        String bare = line.replace("\ufeff", "").strip();
        return bare.startsWith("#") ? "" : bare;
    }

    private List<Camera> plain(String name, InputStream in) throws IOException {
        List<String> targets = new ArrayList<>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String target = target(line);
            if (!target.isEmpty()) {
                targets.add(target);
            }
            if (targets.size() > MAX_CAMERAS) {
                return refused(name + ": more than " + MAX_CAMERAS + " lines");
            }
        }
        List<String> refusals = new ArrayList<>();
        List<Camera> cameras = NamedTargets.cameras(targets, check, refusals);
        refusals.stream().limit(MAX_ERRORS).forEach(why -> complaint.accept(name + ": " + why));
        return refusals.isEmpty()
                ? cameras
                : refused(name, refusals.size(), Math.max(0, refusals.size() - MAX_ERRORS));
    }

    private List<Camera> table(String name, InputStream in, @Nullable Charset charset)
            throws IOException {
        CameraListing listing = CameraListing.read(in, charset, check, MAX_CAMERAS, MAX_ERRORS);
        if (listing.rejected() > 0) {
            for (RowError error : listing.errors()) {
                complaint.accept(name + ": " + error.text());
            }
            return refused(name, listing.rejected(), listing.errorsLeftOut());
        }
        return enabled(name, listing.cameras());
    }

    private List<Camera> enabled(String name, List<Camera> cameras) {
        if (cameras.isEmpty()) {
            return refused(name + ": no camera");
        }
        List<Camera> enabled = cameras.stream().filter(Camera::enabled).toList();
        if (enabled.size() < cameras.size()) {
            complaint.accept((cameras.size() - enabled.size()) + " cameras are off and left out");
        }
        return enabled.isEmpty() ? refused(name + ": no camera that is on") : enabled;
    }

    private List<Camera> refused(String name, int rows, int leftOut) {
        String more = leftOut > 0 ? ", " + leftOut + " errors more" : "";
        return refused(name + ": " + rows + " rows are no cameras" + more);
    }

    private List<Camera> refused(String why) {
        complaint.accept(why);
        return List.of();
    }
}
