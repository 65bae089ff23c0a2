package cctvout.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An idempotent producer of Reactor Kafka. CloudEvents in the binary mode of their Kafka binding
 * (Kafka Protocol Binding 1.0, 3.2): attributes are headers, the value is the data.
 */
final class ReactorKafkaPublisher implements EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(ReactorKafkaPublisher.class);
    private static final byte[] JSON = bytes("application/json");
    private static final byte[] VERSION = bytes("1.0");

    private final KafkaSender<String, byte[]> sender;
    private final byte[] source;

    /** Opens nothing: the first batch does. */
    ReactorKafkaPublisher(KafkaSettings settings) {
        this.source = bytes(settings.source());
        this.sender =
                KafkaSender.create(
                        new NamingProducers(),
                        SenderOptions.<String, byte[]>create(settings.producer())
                                .maxInFlight(settings.batch())
                                .stopOnError(true)
                                .closeTimeout(Duration.ZERO));
    }

    @Override
    public Mono<Void> publish(List<OutboundEvent> events) {
        return sender.send(Flux.fromIterable(events).map(this::sent))
                .then()
                // making the producer resolves names, and its own thread is not ours to use
                .subscribeOn(Schedulers.boundedElastic())
                .publishOn(Schedulers.parallel());
    }

    @Override
    public Mono<Void> close() {
        return Mono.<Void>fromRunnable(sender::close)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(
                        trouble -> {
                            LOG.debug("producer closed with trouble", trouble);
                            return Mono.empty();
                        });
    }

    private SenderRecord<String, byte[], OutboundEvent> sent(OutboundEvent event) {
        String value = event.value();
        var record =
                new ProducerRecord<>(
                        event.topic(), event.key(), value == null ? null : bytes(value));
        Headers headers = record.headers();
        headers.add("ce_specversion", VERSION)
                .add("ce_id", bytes(event.id()))
                .add("ce_type", bytes(event.type()))
                .add("ce_source", source)
                .add("ce_subject", bytes(event.subject()))
                .add("ce_time", bytes(event.time().toString()));
        if (value != null) {
            headers.add("content-type", JSON);
        }
        return SenderRecord.create(record, event);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
