package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.hls.Edge;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpOutcome;
import cctvout.trace.Span;

import org.jspecify.annotations.Nullable;

/**
 * One check of one camera: what is looked at, and what was seen so far, before anyone judges it.
 * The loop's thread alone.
 */
final class Check {

    private static final long NOT_BEGUN = Long.MAX_VALUE;

    final Watched watched;
    final Camera camera;
    final @Nullable Edge edge;

    /** When it should have begun, on the loop's clock. */
    final long due;

    /** Before the ordinary ones: asked for, or settling a doubt. */
    boolean urgent;

    /** The camera was not well before: it has lanes of its own. */
    final boolean failing;

    /** The echo goes to a server that other cameras share. */
    final boolean sharedServer;

    /** When its first probe began, on the loop's clock. */
    long begunAt = NOT_BEGUN;

    /** Null where it was not looked at. */
    @Nullable IcmpOutcome icmp;

    /** Null where it was not looked at. */
    @Nullable HlsResult hls;

    /** Why nothing seen can be trusted: a prober broke its promise. */
    @Nullable String broken;

    /** While it is under way. */
    Span span = Span.NONE;

    private int toBegin;
    private int toLand;

    Check(
            Watched watched,
            @Nullable Edge edge,
            long due,
            boolean urgent,
            boolean failing,
            boolean sharedServer) {
        this.watched = watched;
        this.camera = watched.camera;
        this.edge = edge;
        this.due = due;
        this.urgent = urgent;
        this.failing = failing;
        this.sharedServer = sharedServer;
    }

    void expect(int probes) {
        toBegin = probes;
        toLand = probes;
    }

    /** Nobody wants to know any more: the camera is gone, or another one than it was. */
    boolean outdated() {
        return watched.retired || watched.camera != camera;
    }

    boolean hasBegun() {
        return begunAt != NOT_BEGUN;
    }

    /** True where the last of its probes has begun now. */
    boolean begun(long now) {
        if (!hasBegun()) {
            begunAt = now;
        }
        return --toBegin == 0;
    }

    /** True where all is in now. */
    boolean take(@Nullable Object outcome) {
        switch (outcome) {
            case IcmpOutcome echoes -> icmp = echoes;
            case HlsResult stream -> hls = stream;
            case null -> {}
            default -> broken = "PROBER_ERROR";
        }
        return --toLand == 0;
    }

    /** Says what was seen. */
    void endSpan() {
        if (icmp instanceof IcmpOutcome.Measured(var echoes)) {
            span.tag("icmp", echoes.status());
        }
        if (hls != null) {
            span.tag("hls", hls.status()).tag("reason", hls.reason());
        }
        span.end();
    }

    /** Somebody there answered, whatever it was. */
    boolean isAnswered() {
        return isEchoed() || hls != null && hls.reason().answered();
    }

    /** Nobody there said anything. */
    boolean isSilent() {
        if (icmp == null) {
            return hls != null && hls.reason().silent();
        }
        boolean echoes = icmp instanceof IcmpOutcome.Measured && !isEchoed();
        return echoes && (hls == null || !hls.reason().answered());
    }

    private boolean isEchoed() {
        return icmp instanceof IcmpOutcome.Measured(var result) && result.status().answered();
    }

    /** Nothing that was looked at is bad. */
    boolean allGood() {
        return (icmp == null || isEchoed()) && (hls == null || hls.status() == HlsStatus.SUCCESS);
    }
}
