package cctvout.notification;

import static cctvout.notification.NotificationEvent.RECOVERED;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who knows of a fault, by what was stored of it. */
final class ToldLanes {

    private ToldLanes() {}

    /** Each recipient's channel that was told, with what it was told since it heard of an end. */
    static Collection<List<Notice>> of(Collection<Notice> soFar) {
        Map<String, List<Notice>> lanes = new LinkedHashMap<>();
        for (Notice notice : soFar) {
            if (notice.isCancelled()) {
                continue;
            }
            if (notice.notification().event() == RECOVERED) {
                lanes.remove(notice.lane());
            } else {
                lanes.computeIfAbsent(notice.lane(), _ -> new ArrayList<>()).add(notice);
            }
        }
        return lanes.values();
    }
}
