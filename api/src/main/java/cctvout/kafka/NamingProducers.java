package cctvout.kafka;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.kafka.sender.internals.ProducerFactory;

import java.util.concurrent.Future;

/** Their errors say of which event they are: a sender that stops at an error does not. */
final class NamingProducers extends ProducerFactory {

    @Override
    public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
        return new Naming<>(options);
    }

    private static final class Naming<K, V> extends KafkaProducer<K, V> {

        Naming(SenderOptions<K, V> options) {
            super(options.producerProperties(), options.keySerializer(), options.valueSerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<K, V> record, Callback callback) {
            return super.send(
                    record,
                    (metadata, error) ->
                            callback.onCompletion(
                                    metadata, error == null ? null : named(record, error)));
        }

        private static Exception named(ProducerRecord<?, ?> record, Exception error) {
            return record instanceof SenderRecord<?, ?, ?> sent
                            && sent.correlationMetadata() instanceof OutboundEvent event
                    ? new BrokerException(event, error)
                    : error;
        }
    }
}
