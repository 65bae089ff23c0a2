package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

class FleetServerTest extends ServedFleet {

    @Test
    void entryLeadsToAMediaPlaylistAndASegment() {
        String chunklist = chunklist(3);
        assertThat(chunklist).startsWith("#EXTM3U\n").contains("#EXT-X-TARGETDURATION:2\n");
        Answer segment = get(child(3, lastLine(chunklist)));
        assertThat(segment.status()).isEqualTo(200);
        assertThat(new SegmentReader(segment.body()).shownAt).hasSize(TransportStream.FRAMES);
    }

    @Test
    void playlistMovesWithTheClock() {
        long before = sequence(chunklist(1));
        byte[] old = get(child(1, lastLine(chunklist(1)))).body();
        clock.advance(Duration.ofSeconds(2));
        assertThat(sequence(chunklist(1))).isEqualTo(before + 1);
        byte[] next = get(child(1, lastLine(chunklist(1)))).body();
        assertThat(new SegmentReader(next).shownAt.getFirst())
                .isGreaterThan(new SegmentReader(old).shownAt.getLast());
    }

    @Test
    void aSegmentThatLeftTheWindowIsGoneInTheEnd() {
        String segment = child(1, lastLine(chunklist(1)));
        clock.advance(Duration.ofSeconds(30));
        assertThat(get(segment).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-16355, 206, 16356, bytes 0-16355/54144",
        "bytes=54000-, 206, 144, bytes 54000-54143/54144",
        "bytes=-188, 206, 188, bytes 53956-54143/54144",
        "bytes=54144-, 416, 0, bytes */54144",
        "bytes=9-1, 200, 54144,",
        "lines=1-2, 200, 54144,"
    })
    void rangesAreServed(String range, int status, int length, String contentRange) {
        String url = child(1, lastLine(chunklist(1)));
        Answer answer = get(client.headers(headers -> headers.set("Range", range)), url);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).hasSize(length);
        assertThat(answer.contentRange()).isEqualTo(contentRange);
    }

    @Test
    void aCameraIsServedAtItsOwnAddressAlone() {
        String other = server.url(2).replace("cam00002", "cam00001");
        assertThat(get(other).status()).isEqualTo(404);
        assertThat(get(server.url(1)).status()).isEqualTo(200);
    }

    @Test
    void aMediaServerServesItsCameras() throws Exception {
        try (FleetServer shared = started(Fleet.of(30, 10), Scenario.NONE)) {
            assertThat(URI.create(shared.url(1)).getHost())
                    .isEqualTo(URI.create(shared.url(10)).getHost())
                    .isNotEqualTo(URI.create(shared.url(11)).getHost());
            shared.faults().set(new Target.Server(1), Fault.UNAVAILABLE);
            assertThat(get(shared.url(1)).status()).isEqualTo(503);
            assertThat(get(shared.url(10)).status()).isEqualTo(503);
            assertThat(get(shared.url(11)).status()).isEqualTo(200);
        }
    }

    @Test
    void theScenarioIsPlayedByTheClock() throws Exception {
        Scenario scenario =
                Scenario.parse("at 10s cameras 1-3 404 for 30s\nat 20s camera 2 recover");
        try (FleetServer playing = started(Fleet.of(5), scenario)) {
            assertThat(get(playing.url(1)).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(10));
            assertThat(get(playing.url(2)).status()).isEqualTo(404);
            assertThat(get(playing.url(4)).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(10));
            assertThat(get(playing.url(2)).status()).isEqualTo(200);
            assertThat(get(playing.url(3)).status()).isEqualTo(404);
            clock.advance(Duration.ofSeconds(20));
            assertThat(get(playing.url(3)).status()).isEqualTo(200);
        }
    }

    @Test
    void unknownPathsAre404AndOtherMethods405() {
        assertThat(get(server.url(1).replace("playlist", "nothing")).status()).isEqualTo(404);
        assertThat(get(server.url(1).replace("cam00001", "cam99999")).status()).isEqualTo(404);
        StepVerifier.create(
                        client.head()
                                .uri(server.url(1))
                                .response()
                                .map(response -> response.status().code()))
                .expectNext(405)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void nothingListensAfterClose() {
        server.close();
        StepVerifier.create(server.closed()).expectComplete().verify(LIMIT);
        StepVerifier.create(answer(client, server.url(1)))
                .expectError(IOException.class)
                .verify(LIMIT);
    }
}
