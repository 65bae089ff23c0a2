package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.camera.CameraId;
import cctvout.record.Violation;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Cameras that were named on the command line itself, by their address or their stream's URL. */
final class NamedTargets {

    private static final Pattern HOST =
            Pattern.compile(
                    "localhost|([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z][a-zA-Z0-9-]{1,62}");

    /** A name that ends so is a file that is not there, not a host. */
    private static final Pattern TABLE = Pattern.compile("(?i).*\\.(csv|tsv|txt|xlsx?|json)");

    private NamedTargets() {}

    /**
     * An address, a URL or a host by its looks; else, or where there is one, it is a file's name.
     */
    static boolean isTarget(String argument) {
        return argument.contains("://")
                || NetUtil.createByteArrayFromIpAddressString(argument) != null
                || isHost(argument);
    }

    private static boolean isHost(String argument) {
        return HOST.matcher(argument).matches()
                && !TABLE.matcher(argument).matches()
                && !new File(argument).exists();
    }

    /**
     * @param refusals takes what is wrong, a line each
     * @return without those that were refused
     */
    static List<Camera> cameras(List<String> arguments, CameraCheck check, List<String> refusals) {
        List<Camera> cameras = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String argument : arguments) {
            boolean url = argument.contains("://");
            CameraDraft draft =
                    draft(id(argument, taken), url ? null : argument, url ? argument : null);
            List<Violation> wrong = check.violations(draft);
            wrong.forEach(one -> refusals.add(argument + ": " + one.reason()));
            if (wrong.isEmpty()) {
                cameras.add(draft.toCamera());
            }
        }
        return cameras;
    }

    /** What it is, as far as an id can say so; numbered where that is taken. */
    private static String id(String argument, Set<String> taken) {
        String bare = argument.replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]*://([^/@]*@)?", "");
        String plain = bare.replaceAll("[^A-Za-z0-9_.:-]+", "-");
        String id = cut(plain, CameraId.MAX_LENGTH);
        for (int i = 2; !taken.add(id); i++) {
            String suffix = "-" + i;
            id = cut(plain, CameraId.MAX_LENGTH - suffix.length()) + suffix;
        }
        return id;
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static CameraDraft draft(String id, @Nullable String ip, @Nullable String hlsUrl) {
        return new CameraDraft(
                id, null, null, null, null, ip, hlsUrl, null, null, null, null, null, true, null,
                null, null);
    }
}
