package cctvout.icmp;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How targets are pinged.
 *
 * @param count echoes a train, 1 to 20
 * @param spacing between two echoes of a train, 10 ms to 10 s, kept to 10 ms
 * @param timeout what each echo waits for its answer, 10 ms to 30 s, kept to 10 ms
 * @param inFlight trains at once, 1 to 1,000,000; past it a probe ends as {@code PROBER_OVERLOAD}
 * @param payloadSize bytes after the ICMP header, 12 to 1,400
 * @param receiveBuffer bytes of the socket's receive buffer, 64 KiB to 256 MiB; the kernel may
 *     grant less ({@code net.core.rmem_max}) to a process without CAP_NET_ADMIN
 * @param burst echoes written in one turn of the loop, before answers are read again, 1 to 4,096
 * @param maxRate packets a second that leave at most, 1 to 10,000,000; what waits for its turn is
 *     not late yet: neither round trip nor timeout has begun
 * @param socket which kind to open
 */
@ConfigurationProperties("cctvout.probe.icmp")
public record IcmpSettings(
        @DefaultValue("4") int count,
        @DefaultValue("250ms") Duration spacing,
        @DefaultValue("1s") Duration timeout,
        @DefaultValue("65536") int inFlight,
        @DefaultValue("56") int payloadSize,
        @DefaultValue("8388608") int receiveBuffer,
        @DefaultValue("128") int burst,
        @DefaultValue("200000") int maxRate,
        @DefaultValue("AUTO") SocketKind socket) {

    private static final Limits LIMITS = new Limits("cctvout.probe.icmp");

    /** Which kind of ICMP socket to open. */
    public enum SocketKind {
        /** Unprivileged where the system lets us, else raw. */
        AUTO,
        DGRAM,
        RAW
    }

    public IcmpSettings {
        LIMITS.check("count", count, 1, 20);
        LIMITS.check("spacing", spacing, Duration.ofMillis(10), Duration.ofSeconds(10));
        LIMITS.check("timeout", timeout, Duration.ofMillis(10), Duration.ofSeconds(30));
        LIMITS.check("in-flight", inFlight, 1, 1_000_000);
        LIMITS.check("payload-size", payloadSize, EchoPacket.MARK, 1_400);
        LIMITS.check("receive-buffer", receiveBuffer, 65_536, 268_435_456);
        LIMITS.check("burst", burst, 1, 4_096);
        LIMITS.check("max-rate", maxRate, 1, 10_000_000);
    }

    /** What holds where nothing is set. */
    public static IcmpSettings standard() {
        return new IcmpSettings(
                4,
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                65_536,
                56,
                8_388_608,
                128,
                200_000,
                SocketKind.AUTO);
    }

    /** These, with another train. */
    public IcmpSettings train(int count, Duration spacing, Duration timeout) {
        return new IcmpSettings(
                count,
                spacing,
                timeout,
                inFlight,
                payloadSize,
                receiveBuffer,
                burst,
                maxRate,
                socket);
    }

    /** These, with another bound on trains at once. */
    public IcmpSettings inFlight(int limit) {
        return new IcmpSettings(
                count, spacing, timeout, limit, payloadSize, receiveBuffer, burst, maxRate, socket);
    }

    /** These, with another cap on packets a second. */
    public IcmpSettings maxRate(int perSecond) {
        return new IcmpSettings(
                count,
                spacing,
                timeout,
                inFlight,
                payloadSize,
                receiveBuffer,
                burst,
                perSecond,
                socket);
    }

    /** These, on another kind of socket. */
    public IcmpSettings socket(SocketKind kind) {
        return new IcmpSettings(
                count,
                spacing,
                timeout,
                inFlight,
                payloadSize,
                receiveBuffer,
                burst,
                maxRate,
                kind);
    }
}
