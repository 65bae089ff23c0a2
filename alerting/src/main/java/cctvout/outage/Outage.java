package cctvout.outage;

import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One common cause behind many issues, as REST shows it.
 *
 * @param key what its cameras share, such as {@code line:L-17}
 * @param reason the first transition's, a code in capitals
 * @param cameras all that it took, in the order of their ids
 * @param flaps how often the same was down lately, where that is out of the ordinary: who was told
 *     hears more when it is calm
 */
public record Outage(
        String id,
        IssueKind kind,
        String key,
        String reason,
        List<CameraId> cameras,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        @Nullable Integer flaps) {

    public Outage {
        cameras = List.copyOf(cameras);
    }

    public Outage resolved(Instant at) {
        return new Outage(id, kind, key, reason, cameras, openedAt, at, flaps);
    }

    /** More than was known at first is down: another cause, which may not flap. */
    public Outage widened(String wider) {
        return new Outage(id, kind, wider, reason, cameras, openedAt, resolvedAt, null);
    }

    public Outage with(List<CameraId> members) {
        return new Outage(id, kind, key, reason, members, openedAt, resolvedAt, flaps);
    }

    public Outage flapping(int times) {
        return new Outage(id, kind, key, reason, cameras, openedAt, resolvedAt, times);
    }

    @JsonProperty("flapping")
    public boolean isFlapping() {
        return flaps != null;
    }
}
