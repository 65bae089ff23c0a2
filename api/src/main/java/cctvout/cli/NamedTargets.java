package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.camera.CameraId;
import cctvout.camera.Violation;

import io.netty.util.NetUtil;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cameras that were named on the command line itself, by their address or their stream's URL. */
final class NamedTargets {

    private NamedTargets() {}

    /** An address or a URL by its looks; else it is a file's name. */
    static boolean isTarget(String argument) {
        return argument.contains("://")
                || NetUtil.createByteArrayFromIpAddressString(argument) != null;
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
