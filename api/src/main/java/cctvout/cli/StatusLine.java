package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpResult;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** One camera's line in columns. */
final class StatusLine {

    private static final int VERDICT =
            Arrays.stream(Verdict.values())
                    .mapToInt(verdict -> verdict.name().length())
                    .max()
                    .orElseThrow();
    private static final int ICMP = "20/20 1000.00 ms".length();
    private static final int HLS = "FRESHNESS_UNPROVEN 10000 ms".length();
    private static final int WIDEST_ID = 32;

    private final int id;

    StatusLine(List<Camera> cameras) {
        int widest = cameras.stream().mapToInt(c -> width(c.id().value())).max().orElse(1);
        this.id = Math.min(widest, WIDEST_ID);
    }

    String of(CameraStatus status) {
        var line = new StringBuilder(128);
        cell(line, status.verdict().name(), VERDICT);
        cell(line, status.cameraId().value(), id);
        cell(line, icmp(status.icmp()), ICMP);
        cell(line, hls(status.hls()), HLS);
        return line.append(status.reason()).append('\n').toString();
    }

    private static void cell(StringBuilder line, String text, int width) {
        line.append(text).repeat(' ', Math.max(0, width - width(text)) + 2);
    }

    private static String icmp(@Nullable IcmpResult icmp) {
        if (icmp == null) {
            return "-";
        }
        Double average = icmp.rttAvgMs();
        String train = icmp.received() + "/" + icmp.sent() + " ";
        return average == null ? train + icmp.reason() : train + millis(average) + " ms";
    }

    private static String hls(@Nullable HlsResult hls) {
        if (hls == null) {
            return "-";
        }
        Long took = hls.latencyMs();
        boolean fine = hls.status() == HlsStatus.SUCCESS;
        return (fine ? "OK" : hls.reason().name()) + (took == null ? "" : " " + took + " ms");
    }

    /** Two decimals; String.format would take most of the time of fifty thousand lines. */
    private static String millis(double value) {
        long hundredths = Math.round(value * 100);
        long rest = hundredths % 100;
        return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /** Columns of a terminal: Hangul and its like take two. */
    private static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += text.charAt(i) >= 0x1100 ? 2 : 1;
        }
        return width;
    }
}
