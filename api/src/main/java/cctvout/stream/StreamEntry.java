package cctvout.stream;

import cctvout.log.LogEntry;

import org.jspecify.annotations.Nullable;

/**
 * A log entry ready to be sent.
 *
 * @param place where its camera belongs; null where it concerns no single camera
 */
record StreamEntry(long seq, String type, @Nullable Place place, byte[] frame) {

    static StreamEntry of(LogEntry entry, @Nullable Place place) {
        return new StreamEntry(
                entry.seq(),
                entry.type(),
                place,
                EventFrame.numbered(entry.seq(), entry.type(), entry.body()));
    }
}
