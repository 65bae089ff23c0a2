package cctvout.kafka;

import cctvout.log.EventLog;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Set;

/** Transitions, issues and notifications, as the one log numbers them. */
final class LogFeed implements Feed {

    static final String CONSUMER = "kafka";

    private final EventLog log;

    LogFeed(EventLog log) {
        this.log = log;
    }

    @Override
    public String consumer() {
        return CONSUMER;
    }

    @Override
    public List<String> topics() {
        return List.of(KafkaTopics.TRANSITIONS, KafkaTopics.ISSUES, KafkaTopics.NOTIFICATIONS);
    }

    @Override
    public Flux<?> hints() {
        return log.wakeUps();
    }

    @Override
    public Mono<List<Numbered>> read(long after, int limit) {
        return log.read(after, Set.of(), limit)
                .map(
                        entries ->
                                entries.stream()
                                        .map(it -> new Numbered(it.seq(), OutboundEvent.of(it)))
                                        .toList());
    }
}
