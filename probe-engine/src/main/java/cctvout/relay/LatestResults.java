package cctvout.relay;

import cctvout.status.CameraStatus;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest result of each camera that waits to be sent, the longest waiting first. Any thread.
 */
public final class LatestResults {

    private final Map<String, CameraStatus> waiting = new LinkedHashMap<>();
    private final int limit;

    /**
     * @param limit cameras whose result waits; past it the longest waiting is dropped
     */
    public LatestResults(int limit) {
        this.limit = limit;
    }

    /** Takes the place of the camera's result before, else the end of the queue. */
    public synchronized void offer(CameraStatus status) {
        waiting.put(status.cameraId().value(), status);
        if (waiting.size() > limit) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Takes at most so many. */
    public synchronized List<CameraStatus> take(int most) {
        var taken = new ArrayList<CameraStatus>(Math.min(most, waiting.size()));
        Iterator<CameraStatus> oldest = waiting.values().iterator();
        while (taken.size() < most && oldest.hasNext()) {
            taken.add(oldest.next());
            oldest.remove();
        }
        return taken;
    }

    public synchronized void clear() {
        waiting.clear();
    }
}
