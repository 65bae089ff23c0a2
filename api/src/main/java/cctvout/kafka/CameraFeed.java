package cctvout.kafka;

import cctvout.camera.CameraChange;
import cctvout.camera.PostgresCameraRegistry;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.InstantSource;
import java.util.List;

/**
 * Cameras as they are after their last change: of changes that follow on each other quickly the
 * earlier ones may be left out, as a compacted topic does in the end.
 */
final class CameraFeed implements Feed {

    static final String CONSUMER = "kafka-cameras";

    private final PostgresCameraRegistry cameras;
    private final JsonMapper json;
    private final InstantSource clock;

    CameraFeed(PostgresCameraRegistry cameras, JsonMapper json, InstantSource clock) {
        this.cameras = cameras;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public List<String> topics() {
        return List.of(KafkaTopics.CAMERAS);
    }

    /** None: the registry changes seldom, and is looked at twice a second anyway. */
    @Override
    public Flux<?> hints() {
        return Flux.never();
    }

    @Override
    public Mono<List<Numbered>> read(long after, int limit) {
        return cameras.changesAfter(after, limit)
                .map(changes -> changes.stream().map(this::numbered).toList());
    }

    private Numbered numbered(CameraChange change) {
        String body =
                switch (change) {
                    case CameraChange.Saved saved -> json.writeValueAsString(saved.camera());
                    case CameraChange.Removed _ -> null;
                };
        return new Numbered(change.revision(), OutboundEvent.of(change, body, clock.instant()));
    }
}
