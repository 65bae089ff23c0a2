package cctvout.load;

import java.util.List;
import java.util.Locale;

/**
 * One measurement.
 *
 * @param engine CPU of the application, as a part of one core; so are the next two
 * @param latenessP99Ms median of what was read every ten seconds
 * @param latenessWorstMs the greatest p99 that was read
 * @param badProbes that did not end in SUCCESS
 */
record Figures(
        String what,
        double engine,
        double database,
        double fleet,
        double residentMiB,
        double checksPerSecond,
        double latenessP50Ms,
        double latenessP99Ms,
        double latenessWorstMs,
        long badProbes,
        long healthy) {

    private static final String HEAD = "%-22s %8s %8s %8s %9s %9s %9s %9s %9s %9s %8s";
    private static final String ROW =
            "%-22s %7.1f%% %7.1f%% %7.1f%% %9.0f %9.0f %9.1f %9.1f %9.1f %9d %8d";

    static String table(List<Figures> rows) {
        StringBuilder table =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                HEAD + "%n",
                                "",
                                "engine",
                                "postgres",
                                "fleet",
                                "RSS MiB",
                                "checks/s",
                                "p50 ms",
                                "p99 ms",
                                "worst p99",
                                "bad",
                                "healthy"));
        rows.forEach(row -> table.append(row).append('\n'));
        return table.toString();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                ROW,
                what,
                100 * engine,
                100 * database,
                100 * fleet,
                residentMiB,
                checksPerSecond,
                latenessP50Ms,
                latenessP99Ms,
                latenessWorstMs,
                badProbes,
                healthy);
    }
}
