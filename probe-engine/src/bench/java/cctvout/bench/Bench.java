package cctvout.bench;

import org.openjdk.jmh.Main;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs one benchmark: a name of those that pair us with a peer process, or what JMH takes, a
 * pattern of class names first.
 */
public final class Bench {

    private static final Map<String, String> PAIRED =
            Map.of(
                    "icmp", "cctvout.icmp.SweepBenchmark",
                    "hls", "cctvout.hls.PlaylistFetchBenchmark",
                    "history", "cctvout.history.HistoryBenchmark",
                    "engine", "cctvout.engine.LoopBenchmark");

    private Bench() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        String paired = args.length == 0 ? null : PAIRED.get(args[0]);
        if (paired == null) {
            Main.main(args);
            return;
        }
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(paired).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(paired, failed.getCause());
        }
    }
}
