package cctvout.hls;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Limits of the stream check.
 *
 * @param connectTimeout for one address, TCP alone
 * @param responseTimeout from the request to its headers, and between two reads of a body
 * @param deadline for a whole check, without the time in our own queues
 * @param queueTimeout for a connection to a host that is busy with our own checks
 * @param concurrency exchanges at a time, with all hosts together: more than the engine has checks
 *     under way, so that those which hang keep none from its place
 * @param perHost connections to one host at a time
 * @param queue checks that wait, for one host and over all
 * @param redirects followed in a row
 * @param maxPlaylist bytes, after decompression
 * @param maxHeaders bytes of an answer's header
 * @param verifyCertificates that a TLS server is who it says it is
 * @param userAgent as servers see it in their logs
 * @param segments look into the newest segment; else a playlist alone is judged
 * @param onDemand servers that begin a stream when it is asked for
 */
@ConfigurationProperties("cctvout.probe.hls")
public record HlsSettings(
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("8s") Duration responseTimeout,
        @DefaultValue("15s") Duration deadline,
        @DefaultValue("30s") Duration queueTimeout,
        @DefaultValue("8192") int concurrency,
        @DefaultValue("8") int perHost,
        @DefaultValue("4096") int queue,
        @DefaultValue("5") int redirects,
        @DefaultValue("524288") int maxPlaylist,
        @DefaultValue("16384") int maxHeaders,
        @DefaultValue("true") boolean verifyCertificates,
        @DefaultValue("cctv-out") String userAgent,
        @DefaultValue("true") boolean segments,
        @DefaultValue OnDemand onDemand) {

    /**
     * One later, more patient try, in a lane of its own.
     *
     * @param hosts that are known as such; others are told by what their server calls itself
     * @param retryAfter from the end of the first try
     * @param timeout from the request to its headers, in the second try
     * @param concurrency such tries at a time
     * @param queue such tries that wait
     * @param remembered hosts that were told, the latest used
     */
    public record OnDemand(
            @DefaultValue List<String> hosts,
            @DefaultValue("2s") Duration retryAfter,
            @DefaultValue("20s") Duration timeout,
            @DefaultValue("16") int concurrency,
            @DefaultValue("256") int queue,
            @DefaultValue("1024") int remembered) {

        public OnDemand {
            hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
            positive("on-demand.retry-after", retryAfter);
            positive("on-demand.timeout", timeout);
            atLeast(1, "on-demand.concurrency", concurrency);
            atLeast(0, "on-demand.queue", queue);
            atLeast(1, "on-demand.remembered", remembered);
        }

        public static OnDemand defaults() {
            return new OnDemand(
                    List.of(), Duration.ofSeconds(2), Duration.ofSeconds(20), 16, 256, 1024);
        }
    }

    /** 87 packets of a transport stream. */
    static final int SEGMENT_HEAD = 87 * 188;

    @ConstructorBinding
    public HlsSettings {
        positive("connect-timeout", connectTimeout);
        positive("response-timeout", responseTimeout);
        positive("deadline", deadline);
        positive("queue-timeout", queueTimeout);
        atLeast(1, "concurrency", concurrency);
        atLeast(1, "per-host", perHost);
        atLeast(0, "queue", queue);
        atLeast(0, "redirects", redirects);
        atLeast(1, "max-playlist", maxPlaylist);
        atLeast(512, "max-headers", maxHeaders);
        if (!userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "cctvout.probe.hls.user-agent is not printable ASCII: " + userAgent);
        }
    }

    /** With the newest segment looked into. */
    public HlsSettings(
            Duration connectTimeout,
            Duration responseTimeout,
            Duration deadline,
            Duration queueTimeout,
            int concurrency,
            int perHost,
            int queue,
            int redirects,
            int maxPlaylist,
            int maxHeaders,
            boolean verifyCertificates,
            String userAgent) {
        this(
                connectTimeout,
                responseTimeout,
                deadline,
                queueTimeout,
                concurrency,
                perHost,
                queue,
                redirects,
                maxPlaylist,
                maxHeaders,
                verifyCertificates,
                userAgent,
                true,
                OnDemand.defaults());
    }

    /** The same, but for whether segments are looked into. */
    public HlsSettings withSegments(boolean lookedInto) {
        return new HlsSettings(
                connectTimeout,
                responseTimeout,
                deadline,
                queueTimeout,
                concurrency,
                perHost,
                queue,
                redirects,
                maxPlaylist,
                maxHeaders,
                verifyCertificates,
                userAgent,
                lookedInto,
                onDemand);
    }

    HlsSettings with(OnDemand other) {
        return new HlsSettings(
                connectTimeout,
                responseTimeout,
                deadline,
                queueTimeout,
                concurrency,
                perHost,
                queue,
                redirects,
                maxPlaylist,
                maxHeaders,
                verifyCertificates,
                userAgent,
                segments,
                other);
    }

    public static HlsSettings defaults() {
        return new HlsSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(8),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                8192,
                8,
                4096,
                5,
                512 * 1024,
                16 * 1024,
                true,
                "cctv-out");
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive() || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.probe.hls." + name + " is not between 1ms and 10m: " + value);
        }
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "cctvout.probe.hls." + name + " is below " + least + ": " + value);
        }
    }
}
