package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.lab.FaultLab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Every status seen for real, in a network namespace, on both kinds of socket. */
class RealFaultsTest {

    private static final String ECHO = " icmp type echo-request ";
    private static final String ECHO6 = " icmpv6 type echo-request ";

    private static @Nullable FaultLab lab;

    @BeforeAll
    static void faults() {
        String missing = FaultLab.missing();
        assumeTrue(missing == null, missing);
        lab =
                FaultLab.create()
                        .allowPing()
                        .cut("127.6.0.0/16")
                        .nft(rule("ip daddr 127.7.0.0/16" + ECHO + "numgen inc mod 2 0 drop"))
                        .nft("add chain inet lab out { type filter hook output priority 0; }")
                        .nft("add rule inet lab out ip daddr 127.17.0.0/16 drop")
                        .nft(refuse("127.10.0.0/16", "host-unreachable"))
                        .nft(refuse("127.11.0.0/16", "net-unreachable"))
                        .nft(refuse("127.12.0.0/16", "admin-prohibited"))
                        .nft(refuse("127.13.0.0/16", "port-unreachable"))
                        .ip("route", "add", "unreachable", "127.9.0.0/16", "table", "local")
                        .ip("route", "add", "prohibit", "127.14.0.0/16", "table", "local")
                        .ip("addr", "add", "fd00::6/128", "dev", "lo", "nodad")
                        .ip("addr", "add", "fd00::a/128", "dev", "lo", "nodad")
                        .ip("-6", "route", "add", "unreachable", "fd00:9::/64")
                        .nft(rule("ip6 daddr fd00::6" + ECHO6 + "drop"))
                        .nft(
                                rule(
                                        "ip6 daddr fd00::a"
                                                + ECHO6
                                                + "reject with icmpv6 type addr-unreachable"));
    }

    @AfterAll
    static void remove() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void unprivilegedSocketSeesEveryStatus() {
        seesEveryStatus("DGRAM");
    }

    @Test
    void rawSocketSeesEveryStatus() {
        seesEveryStatus("RAW");
    }

    @Test
    void refusalsOfSomeAreNotTakenForThoseOfOthers() {
        for (String kind : List.of("DGRAM", "RAW")) {
            List<String> hosts = new ArrayList<>();
            for (int i = 1; i <= 120; i++) {
                hosts.add("127.10.1." + i);
                hosts.add("127.1.1." + i);
                hosts.add("127.9.1." + i);
            }
            Map<String, String> seen = ping(kind, "2", hosts.toArray(String[]::new));
            hosts.forEach(
                    host ->
                            assertThat(seen.get(host))
                                    .as(kind + " " + host)
                                    .isEqualTo(
                                            host.startsWith("127.10.")
                                                    ? "FAIL HOST_UNREACHABLE 0/2"
                                                    : host.startsWith("127.9.")
                                                            ? "FAIL NO_ROUTE 0/2"
                                                            : "SUCCESS OK 2/2"));
        }
    }

    @Test
    void processThatStoodStillBlamesNobody() throws Exception {
        Process child =
                Objects.requireNonNull(lab)
                        .start(
                                PingMain.class,
                                List.of(),
                                "DGRAM",
                                "1",
                                "PT1S",
                                "PT10S",
                                "127.6.0.1",
                                "127.5.0.1");
        try (BufferedReader printed = child.inputReader()) {
            readUntil(printed, "127.5.0.1 SUCCESS OK 1/1"); // the other one waits by now
            kill("-STOP", child);
            assertThat(child.waitFor(3, TimeUnit.SECONDS)).isFalse();
            kill("-CONT", child);
            assertThat(said(printed.lines().toList()))
                    .containsEntry("127.6.0.1", "INCONCLUSIVE CLOCK_JUMPED");
        }
    }

    private static void readUntil(BufferedReader printed, String wanted) throws IOException {
        String line = printed.readLine();
        while (!wanted.equals(line)) {
            assertThat(line).isNotNull();
            line = printed.readLine();
        }
    }

    private static void kill(String signal, Process child) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(child.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void forgedDuplicateAndLateAnswersCountForNothing() {
        try (FaultLab silent =
                FaultLab.create().allowPing().sysctl("net.ipv4.icmp_echo_ignore_all=1")) {
            for (String kind : List.of("DGRAM", "RAW")) {
                assertThat(said(silent.run(ForgerMain.class, 60, kind)))
                        .containsEntry("127.8.0.1", "TIMEOUT TIMEOUT 0/2")
                        .containsEntry("127.8.0.2", "TIMEOUT TIMEOUT 0/2")
                        .containsEntry("127.8.0.4", "TIMEOUT TIMEOUT 0/2")
                        .containsEntry("127.8.0.5", "TIMEOUT TIMEOUT 0/2")
                        .containsEntry("127.8.0.6", "SUCCESS OK 2/2")
                        .containsEntry("127.8.0.7", "TIMEOUT TIMEOUT 0/2");
                // where our buffer overflowed, the silence itself proves nothing
                assertThat(said(silent.run(ForgerMain.class, 60, kind, "flood")).get("127.8.0.8"))
                        .isIn("TIMEOUT TIMEOUT 0/2", "INCONCLUSIVE PROBER_OVERLOAD");
            }
        }
    }

    private static void seesEveryStatus(String kind) {
        Map<String, String> seen =
                ping(
                        kind,
                        "4",
                        "127.5.0.1",
                        "127.6.0.1",
                        "127.7.0.1",
                        "127.9.0.1",
                        "127.10.0.1",
                        "127.11.0.1",
                        "127.12.0.1",
                        "127.13.0.1",
                        "127.14.0.1",
                        "127.17.0.1",
                        "::1",
                        "fd00::6",
                        "fd00::a",
                        "fd00:9::1");
        assertThat(seen)
                .containsEntry(kind, "")
                .containsEntry("127.5.0.1", "SUCCESS OK 4/4")
                .containsEntry("127.6.0.1", "TIMEOUT TIMEOUT 0/4")
                .containsEntry("127.7.0.1", "LOSS LOSS 2/4")
                .containsEntry("127.9.0.1", "FAIL NO_ROUTE 0/4")
                .containsEntry("127.10.0.1", "FAIL HOST_UNREACHABLE 0/4")
                .containsEntry("127.11.0.1", "FAIL NET_UNREACHABLE 0/4")
                .containsEntry("127.12.0.1", "FAIL PROHIBITED 0/4")
                .containsEntry("127.13.0.1", "FAIL PROHIBITED 0/4")
                .containsEntry("127.14.0.1", "FAIL PROHIBITED 0/4")
                .containsEntry("127.17.0.1", "INCONCLUSIVE PROBER_OVERLOAD")
                .containsEntry("::1", "SUCCESS OK 4/4")
                .containsEntry("fd00::6", "TIMEOUT TIMEOUT 0/4")
                .containsEntry("fd00::a", "FAIL HOST_UNREACHABLE 0/4")
                .containsEntry("fd00:9::1", "FAIL NO_ROUTE 0/4");
    }

    /** By host, what was said of it. */
    private static Map<String, String> ping(String kind, String count, String... hosts) {
        List<String> arguments = new ArrayList<>(List.of(kind, count, "PT0.05S", "PT1S"));
        arguments.addAll(Arrays.asList(hosts));
        Map<String, String> seen = Map.of();
        for (int i = 0; i < 3; i++) {
            seen =
                    said(
                            Objects.requireNonNull(lab)
                                    .run(PingMain.class, 60, arguments.toArray(String[]::new)));
            if (!seen.containsValue("INCONCLUSIVE CLOCK_JUMPED")) {
                break; // else a busy machine let the process stand still: it rightly says so
            }
        }
        return seen;
    }

    private static Map<String, String> said(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("WARN"))
                .collect(
                        Collectors.toMap(
                                line -> line.split(" ", 2)[0],
                                line -> line.contains(" ") ? line.split(" ", 2)[1] : ""));
    }

    private static String rule(String text) {
        return "add rule inet lab in " + text;
    }

    private static String refuse(String range, String type) {
        return rule("ip daddr " + range + ECHO + "reject with icmp type " + type);
    }
}
