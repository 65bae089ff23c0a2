package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.log.Json;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each camera was in which verdict, as reports read it. */
final class VerdictSpans {

    private final Database database;

    VerdictSpans(Database database) {
        this.database = database;
    }

    /** The beginning of a time in one verdict, as it is written. */
    private record Span(long seq, String camera, Instant at, Verdict verdict) {
        static Span of(StatusTransition it) {
            return new Span(it.seq(), it.cameraId().value(), it.occurredAt(), it.to());
        }
    }

    /** Lazy; in the caller's transaction. */
    Mono<Void> move(List<StatusTransition> numbered) {
        return end(numbered).then(begin(numbered));
    }

    /** What lasted until the first of each camera. */
    private Mono<Void> end(List<StatusTransition> numbered) {
        Map<CameraId, Span> first = new LinkedHashMap<>();
        numbered.forEach(t -> first.putIfAbsent(t.cameraId(), Span.of(t)));
        return database.client()
                .sql(
                        """
                        update verdict_span v set ended = greatest(v.began, n.at)
                        from json_to_recordset(:rows::json) as n (camera text, at timestamptz)
                        where v.camera_id = n.camera and v.ended = 'infinity'
                        """)
                .bind("rows", Json.write(first.values()))
                .then();
    }

    private Mono<Void> begin(List<StatusTransition> numbered) {
        return database.client()
                .sql(
                        """
                        insert into verdict_span (seq, camera_id, began, ended, verdict)
                        select seq, camera, at,
                               greatest(at, coalesce(lead(at) over (partition by camera order by seq), 'infinity')),
                               array_position(array['HEALTHY', 'DEGRADED', 'LINE_FAULT', 'CAMERA_FAULT',
                                                    'STREAM_SERVER_FAULT', 'UNKNOWN'], verdict)
                        from json_to_recordset(:rows::json) as r (
                            seq bigint, camera text, at timestamptz, verdict text)
                        """)
                .bind("rows", Json.write(numbered.stream().map(Span::of).toList()))
                .then();
    }
}
