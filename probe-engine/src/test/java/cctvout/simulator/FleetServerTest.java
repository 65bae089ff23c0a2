package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class FleetServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private record Answer(int status, String contentRange, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final MovableClock clock = new MovableClock();
    private final HttpClient client = HttpClient.newConnection();
    private FleetServer server;

    @BeforeEach
    void start() throws Exception {
        server = started(Fleet.of(30), Scenario.NONE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FleetServer started(Fleet fleet, Scenario scenario) throws Exception {
        return FleetServer.start(
                        FleetOptions.of(fleet, 0)
                                .by(clock)
                                .playing(scenario)
                                .pacing(
                                        Duration.ofMillis(300),
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(20)))
                .toFuture()
                .get(10, TimeUnit.SECONDS);
    }

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

    private String chunklist(int camera) {
        return get(child(camera, lastLine(get(server.url(camera)).text()))).text();
    }

    private String child(int camera, String name) {
        return URI.create(server.url(camera)).resolve(name).toString();
    }

    private static String lastLine(String playlist) {
        return playlist.lines().toList().getLast();
    }

    private static long sequence(String chunklist) {
        String tag = "#EXT-X-MEDIA-SEQUENCE:";
        return chunklist
                .lines()
                .filter(line -> line.startsWith(tag))
                .map(line -> Long.parseLong(line.substring(tag.length())))
                .findFirst()
                .orElseThrow();
    }

    private Answer get(String url) {
        return get(client, url);
    }

    private static Answer get(HttpClient client, String url) {
        try {
            return answer(client, url).toFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(url, failed);
        }
    }

    private static Mono<Answer> answer(HttpClient client, String url) {
        return client.get()
                .uri(url)
                .responseSingle(
                        (response, body) ->
                                body.asByteArray()
                                        .defaultIfEmpty(new byte[0])
                                        .map(
                                                bytes ->
                                                        new Answer(
                                                                response.status().code(),
                                                                response.responseHeaders()
                                                                        .get(
                                                                                HttpHeaderNames
                                                                                        .CONTENT_RANGE),
                                                                bytes)));
    }
}
