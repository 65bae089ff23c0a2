package cctvout.hls;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one check has found out so far, and at its end the result. Confined to that check. */
final class Findings {

    private final @Nullable Edge before;
    private @Nullable Integer httpStatus;
    private @Nullable Long mediaSequence;
    private long firstSegment;
    private @Nullable Double targetDuration;
    private @Nullable String detail;
    private @Nullable List<HlsReason> warnings;
    private @Nullable Freshness freshness;
    private @Nullable Duration lookAgainAfter;

    Findings(@Nullable Edge before) {
        this.before = before;
    }

    @Nullable Edge before() {
        return before;
    }

    void answered(int status) {
        httpStatus = status;
    }

    void read(Playlist.Media media) {
        targetDuration = media.targetDuration();
        firstSegment = media.mediaSequence();
        if (media.segments() > 0) {
            mediaSequence = media.position();
        }
    }

    void judged(Freshness judged) {
        freshness = judged;
        lookAgainAfter = judged.lookAgainAfter();
    }

    /** What the looked-into segment told of its time, if anything. */
    Edge.@Nullable Sample sampled(long index, long ticks) {
        if (freshness == null || ticks < 0 || index < 0) {
            return null;
        }
        Edge edge = freshness.edge();
        Edge.Sample sample = Edge.Sample.of(edge.sample(), firstSegment + index, ticks);
        freshness = freshness.with(edge.sampled(sample));
        return sample;
    }

    void warn(HlsReason warning, @Nullable String why) {
        if (warnings == null) {
            warnings = new ArrayList<>(2);
        }
        warnings.add(warning);
        detail = detail == null ? why : detail + "; " + why;
    }

    void lookAgain(Duration after) {
        lookAgainAfter = after;
    }

    HlsResult success(Instant at, long latencyNanos) {
        boolean open =
                freshness != null
                        && switch (freshness.state()) {
                            case UNPROVEN, DOUBTED -> true;
                            case FRESH, RESET, STALE, REGRESSED -> false;
                        };
        HlsReason reason = open ? HlsReason.FRESHNESS_UNPROVEN : HlsReason.OK;
        return result(reason, detail, httpStatus, at, latencyNanos);
    }

    HlsResult failure(StreamFault fault, Instant at, long latencyNanos) {
        Integer status = fault.httpStatus() == null ? httpStatus : fault.httpStatus();
        boolean answered = fault.reason().status() == HlsStatus.FAIL;
        return result(
                fault.reason(), fault.getMessage(), answered ? status : null, at, latencyNanos);
    }

    private HlsResult result(
            HlsReason reason,
            @Nullable String why,
            @Nullable Integer status,
            Instant at,
            long latencyNanos) {
        return new HlsResult(
                reason.status(),
                reason,
                status,
                mediaSequence,
                targetDuration,
                reason.inconclusive() ? null : (Long) (latencyNanos / 1_000_000),
                why,
                warnings == null ? List.of() : List.copyOf(warnings),
                freshness == null ? before : freshness.edge(),
                lookAgainAfter,
                at);
    }
}
