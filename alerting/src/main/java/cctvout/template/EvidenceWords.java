package cctvout.template;

import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.issue.Issue;
import cctvout.recipient.Language;
import cctvout.status.AnomalyPolicy;
import cctvout.status.Siblings;
import cctvout.status.Usual;

import java.util.Map;
import java.util.StringJoiner;

/** What was measured, and why it is taken for what it is, in plain words. */
public final class EvidenceWords {

    private static final String SERVER = "server";

    private final Words words;

    public EvidenceWords(Words words) {
        this.words = words;
    }

    /**
     * Such as "ping 4/4 lost, stream: connect timeout; 3 other cameras on line L-17 also silent".
     */
    public String of(Language language, Issue issue) {
        StringJoiner own = new StringJoiner(words.word(language, "and"));
        if (issue.evidence().icmp() != null) {
            own.add(ping(language, issue.evidence().icmp()));
        }
        if (issue.evidence().usual() != null && words.has(language, "usual." + issue.reason())) {
            own.add(unlike(language, issue, issue.evidence().usual()));
        }
        if (issue.evidence().hls() != null) {
            own.add(stream(language, issue.evidence().hls()));
        }
        String said = own.length() == 0 ? cause(language, issue.reason()) : own.toString();
        Siblings siblings = issue.evidence().siblings();
        if (siblings != null && siblings.checked() > 0) {
            said += words.word(language, "besides") + others(language, siblings);
        }
        String flaps = issue.flaps();
        return flaps == null
                ? said
                : said
                        + words.word(language, "besides")
                        + words.word(language, "flapping", Map.of("faults", flaps));
    }

    /** A verdict's reason. */
    public String cause(Language language, String reason) {
        for (String group : new String[] {"reason.", "hls.", "icmp."}) {
            if (words.has(language, group + reason)) {
                return words.word(language, group + reason);
            }
        }
        return reason;
    }

    String ping(Language language, IcmpResult icmp) {
        return words.word(
                language,
                "ping." + icmp.status(),
                Map.of(
                        "sent", Integer.toString(icmp.sent()),
                        "received", Integer.toString(icmp.received()),
                        "lost", Integer.toString(icmp.sent() - icmp.received()),
                        "reason", words.word(language, "icmp." + icmp.reason())));
    }

    /** Such as "round trip 180 ms, usually 12 ms". */
    private String unlike(Language language, Issue issue, Usual usual) {
        IcmpResult icmp = issue.evidence().icmp();
        Double rtt = icmp == null ? null : icmp.rttAvgMs();
        boolean slower = issue.reason().equals(AnomalyPolicy.SLOWER) && rtt != null;
        return words.word(
                language,
                "usual." + issue.reason(),
                Map.of(
                        "now",
                        number(slower ? rtt : usual.recentLossPercent()),
                        "usual",
                        number(slower ? usual.rttMs() : usual.lossPercent())));
    }

    /** As precise as it matters. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths >= 100 || tenths % 10 == 0
                ? Long.toString(Math.round(value))
                : tenths / 10 + "." + tenths % 10;
    }

    String stream(Language language, HlsResult hls) {
        String reason = words.word(language, "hls." + hls.reason());
        return words.word(language, "stream", Map.of("reason", reason));
    }

    /** Such as "3 other cameras on line L-17 also silent". */
    String others(Language language, Siblings siblings) {
        int colon = siblings.key().indexOf(':');
        String shared = colon < 0 ? "" : siblings.key().substring(0, colon);
        String name = siblings.key().substring(colon + 1);
        String how =
                siblings.failed() == 0
                        ? "none"
                        : siblings.failed() < siblings.checked()
                                ? "some"
                                : siblings.failed() == 1 ? "one" : "all";
        String group = shared.equals(SERVER) ? "siblings.server." : "siblings.";
        return words.word(
                language,
                group + how,
                Map.of(
                        "where",
                        words.word(language, "where." + shared, Map.of("name", name)),
                        "failed",
                        Integer.toString(siblings.failed()),
                        "checked",
                        Integer.toString(siblings.checked())));
    }
}
