package cctvout.notification;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may send how much at once. A lane is one channel of one recipient; one whose last try failed
 * is ailing: it gets one try at a time, and all the ailing together half of what there is, so that
 * dead channels delay no other.
 */
final class SendLanes {

    private final int parallelism;
    private final int perLane;
    private final Map<String, Integer> busy = new HashMap<>();
    private final Set<String> ailing = new HashSet<>();
    private int inFlight;

    SendLanes(int parallelism, int perLane) {
        this.parallelism = parallelism;
        this.perLane = perLane;
    }

    synchronized int free() {
        return parallelism - inFlight;
    }

    /** For each lane that is not idle and well: how many more it may take. */
    synchronized Map<String, Integer> rooms() {
        int ailingBusy = ailing.stream().mapToInt(lane -> busy.getOrDefault(lane, 0)).sum();
        boolean ailingFull = ailingBusy >= Math.max(1, parallelism / 2);
        Map<String, Integer> rooms = new HashMap<>();
        busy.forEach((lane, tries) -> rooms.put(lane, Math.max(0, perLane - tries)));
        for (String lane : ailing) {
            rooms.put(lane, ailingFull || busy.containsKey(lane) ? 0 : 1);
        }
        return rooms;
    }

    synchronized void taken(String lane) {
        inFlight++;
        busy.merge(lane, 1, Integer::sum);
    }

    synchronized void done(String lane, boolean sent) {
        inFlight--;
        busy.computeIfPresent(lane, (_, tries) -> tries == 1 ? null : tries - 1);
        if (sent) {
            ailing.remove(lane);
        } else {
            ailing.add(lane);
        }
    }
}
