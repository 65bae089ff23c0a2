package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** How the fleet's faults look to a client. */
class FleetFaultsTest extends ServedFleet {

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "BROKEN, 500", "UNAVAILABLE, 503"})
    void statusFaultsAnswerTheirStatusUntilRecovery(Fault fault, int status) {
        server.faults().set(Target.camera(5), fault);
        assertThat(get(server.url(5)).status()).isEqualTo(status);
        assertThat(get(server.url(6)).status()).isEqualTo(200);
        server.faults().recover(Target.camera(5));
        assertThat(get(server.url(5)).status()).isEqualTo(200);
    }

    @Test
    void aFrozenPlaylistStandsStillAndGoesOnAfterwards() {
        server.faults().set(Target.camera(5), Fault.FREEZE);
        String frozen = chunklist(5);
        clock.advance(Duration.ofMinutes(1));
        assertThat(chunklist(5)).isEqualTo(frozen).doesNotContain("ENDLIST");
        assertThat(get(child(5, lastLine(frozen))).status()).isEqualTo(200);
        server.faults().recover(Target.camera(5));
        assertThat(sequence(chunklist(5))).isEqualTo(sequence(frozen) + 30);
    }

    @Test
    void aLostEncoderLeavesTheLastListAndThen404() {
        server.faults().set(Target.camera(5), Fault.ENCODER_LOST);
        String last = chunklist(5);
        clock.advance(Duration.ofSeconds(20));
        assertThat(chunklist(5)).isEqualTo(last).doesNotContain("ENDLIST");
        clock.advance(Duration.ofSeconds(1));
        assertThat(get(server.url(5)).status()).isEqualTo(404);
    }

    @Test
    void anEndedStreamSaysSo() {
        server.faults().set(Target.camera(5), Fault.ENDED);
        assertThat(chunklist(5)).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void garbageAndEmptyBodiesAre200() {
        server.faults().set(Target.camera(5), Fault.GARBAGE);
        server.faults().set(Target.camera(6), Fault.EMPTY);
        assertThat(get(server.url(5)).status()).isEqualTo(200);
        assertThat(get(server.url(5)).text()).doesNotContain("#EXTM3U");
        assertThat(get(server.url(6)).status()).isEqualTo(200);
        assertThat(get(server.url(6)).body()).isEmpty();
    }

    @Test
    void segmentFaultsLeaveThePlaylistWell() {
        server.faults().set(Target.camera(5), Fault.SEGMENT_NOT_FOUND);
        server.faults().set(Target.camera(6), Fault.SEGMENT_GARBAGE);
        assertThat(get(child(5, lastLine(chunklist(5)))).status()).isEqualTo(404);
        assertThat(get(child(6, lastLine(chunklist(6)))).body()[0]).isNotEqualTo((byte) 0x47);
    }

    @Test
    void slowHeadersComeLate() {
        server.faults().set(Target.camera(5), Fault.SLOW);
        long begun = System.nanoTime();
        assertThat(get(server.url(5)).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void drippingBytesComeLittleByLittle() {
        server.faults().set(Target.camera(5), Fault.DRIP);
        StepVerifier.create(
                        client.get()
                                .uri(server.url(5))
                                .responseContent()
                                .asByteArray()
                                .take(3)
                                .map(bytes -> bytes.length)
                                .timeout(LIMIT))
                // a busy machine may read some together, never the whole list of 150
                .thenConsumeWhile(length -> true, length -> assertThat(length).isLessThan(50))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aServerThatIsDownResetsConnections() {
        server.faults().set(Target.camera(5), Fault.DOWN);
        StepVerifier.create(answer(client, server.url(5)))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOfAny(
                                                PrematureCloseException.class, IOException.class))
                .verify(LIMIT);
    }

    @Test
    void aCutLineNeverAnswers() {
        server.faults().set(new Target.Line("L-01"), Fault.CUT);
        StepVerifier.create(answer(client, server.url(12)).timeout(Duration.ofMillis(500)))
                .expectError(TimeoutException.class)
                .verify(LIMIT);
        assertThat(get(server.url(13)).status()).isEqualTo(200);
    }
}
