package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.log.LogEntry;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

@Timeout(60)
class StreamTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void replaysAfterANumberThenGoesOnLive() throws Exception {
        try (var server = StreamServer.start()) {
            for (int i = 0; i < 5; i++) {
                server.log.addTransition("c" + i);
            }
            try (var reader = EventReader.open(server.uri("?after=2"), null)) {
                assertThat(reader.nextIds(3)).containsExactly(3L, 4L, 5L);
                server.log.add(LogEntry.ISSUE, "c1", "{\"id\":\"i-1\"}");
                var event = reader.next("issue", "transition");
                assertThat(event.type()).isEqualTo("issue");
                assertThat(event.id()).isEqualTo("6");
                assertThat(event.data()).isEqualTo("{\"id\":\"i-1\"}");
            }
        }
    }

    @Test
    void startsFromNowWithoutANumber() throws Exception {
        try (var server = StreamServer.start()) {
            server.log.addTransition("old");
            try (var reader = EventReader.open(server.uri(""), null)) {
                reader.next("retry");
                long seq = server.log.addTransition("new");
                assertThat(reader.nextIds(1)).containsExactly(seq);
            }
        }
    }

    @Test
    void lastEventIdGoesBeforeTheNumberOfTheAddress() throws Exception {
        try (var server = StreamServer.start()) {
            for (int i = 0; i < 5; i++) {
                server.log.addTransition("c");
            }
            try (var reader = EventReader.open(server.uri("?after=0"), "3")) {
                assertThat(reader.nextIds(2)).containsExactly(4L, 5L);
            }
        }
    }

    @Test
    void aNumberOfAnotherLongerLogGoesOnFromTheEndOfThisOne() throws Exception {
        try (var server = StreamServer.start()) {
            server.log.addTransition("c");
            try (var reader = EventReader.open(server.uri(""), "4000")) {
                reader.next("retry");
                server.log.addTransition("c");
                assertThat(reader.nextIds(1)).containsExactly(2L);
            }
        }
    }

    @Test
    void tellsProxiesToPassItOnAndNobodyToKeepIt() throws Exception {
        try (var server = StreamServer.start();
                var reader = EventReader.open(server.uri(""), null)) {
            var headers = reader.response.headers();
            assertThat(reader.response.statusCode()).isEqualTo(200);
            assertThat(headers.firstValue("content-type").orElse(""))
                    .startsWith("text/event-stream");
            assertThat(headers.firstValue("cache-control")).contains("no-store");
            assertThat(headers.firstValue("x-accel-buffering")).contains("no");
        }
    }

    @Test
    void everyClientSeesEveryNumberInOrderHoweverOftenItReconnects() throws Exception {
        int total = 4000;
        // a ring this small makes them read pages, too
        try (var server = StreamServer.start(StreamServer.settings(64, 100, LONG));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < 12; i++) {
                readers.add(threads.submit(returningReader(server.uri("?after=0"), total)));
            }
            for (int i = 0; i < total; i++) {
                server.log.addTransition("c" + i % 50);
                if (i % 40 == 0) {
                    Thread.yield();
                }
            }
            List<Long> all = LongStream.rangeClosed(1, total).boxed().toList();
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get(40, TimeUnit.SECONDS)).isEqualTo(all);
            }
        }
    }

    private static Callable<List<Long>> returningReader(URI uri, int total) {
        return () -> {
            var ids = new ArrayList<Long>();
            String lastId = null;
            while (ids.size() < total) {
                int some = ThreadLocalRandom.current().nextInt(1, 700);
                try (var reader = EventReader.open(uri, lastId)) {
                    ids.addAll(reader.nextIds(Math.min(some, total - ids.size())));
                    lastId = String.valueOf(ids.getLast());
                }
            }
            return ids;
        };
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndTheOthersGoOn() throws Exception {
        int total = 3000;
        String body = "{\"x\":\"" + "y".repeat(8000) + "\"}";
        var settings = StreamServer.settings(256, 100, Duration.ofSeconds(2));
        try (var server = StreamServer.start(settings);
                var deaf = deafClient(server.port());
                var reader = EventReader.open(server.uri("?after=0"), null)) {
            for (int i = 0; i < total; i++) {
                server.log.add(LogEntry.TRANSITION, "c", body);
            }
            assertThat(reader.nextIds(total))
                    .isEqualTo(LongStream.rangeClosed(1, total).boxed().toList());
            // heartbeats mark the seconds
            for (int i = 0; i < 8 && server.closed("stalled") == 0; i++) {
                reader.next(":");
            }
            assertThat(server.closed("stalled")).isEqualTo(1);
            assertThat(server.clients()).isEqualTo(1);
            assertThat(deaf.isConnected()).isTrue();
            long seq = server.log.addTransition("c");
            assertThat(reader.nextIds(1)).containsExactly(seq);
        }
    }

    private static Socket deafClient(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String request = "GET /api/stream?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void filtersByTypeAndByWhereTheCameraBelongs() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG))) {
            server.cameras.put("a", "서구", "L-1", "Hanwha");
            server.cameras.put("b", "동구", "L-2", "Hanwha");
            try (var district = EventReader.open(server.uri("?district=%EC%84%9C%EA%B5%AC"), null);
                    var line = EventReader.open(server.uri("?line=L-2"), null);
                    var both = EventReader.open(server.uri("?vendor=Hanwha&line=L-1"), null);
                    var issues = EventReader.open(server.uri("?types=issue"), null)) {
                for (var reader : List.of(district, line, both, issues)) {
                    reader.next("retry");
                }
                server.log.addTransition("a");
                server.log.addTransition("b");
                server.log.add(LogEntry.NOTIFICATION, null, "{}");
                server.log.add(LogEntry.ISSUE, "b", "{}");
                server.cameras.put("late", "서구", "L-2", "Axis");
                server.log.addTransition("late");
                server.log.add(LogEntry.ISSUE, "a", "{}");
                assertThat(district.nextIds(3)).containsExactly(1L, 5L, 6L);
                assertThat(line.nextIds(3)).containsExactly(2L, 4L, 5L);
                assertThat(both.nextIds(2)).containsExactly(1L, 6L);
                assertThat(issues.nextIds(2)).containsExactly(4L, 6L);
            }
        }
    }

    @Test
    void aHeartbeatMovesAFilteredClientsPlaceOfResumptionOn() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG));
                var reader = EventReader.open(server.uri("?types=issue&after=0"), null)) {
            for (int i = 0; i < 30; i++) {
                server.log.addTransition("c");
            }
            reader.next(":");
            reader.next(":");
            assertThat(reader.lastId()).isEqualTo("30");
        }
    }

    @Test
    void oneClientMoreThanTheLimitIsRefused() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 1, LONG));
                var first = EventReader.open(server.uri(""), null)) {
            first.next("retry");
            try (var second = EventReader.open(server.uri(""), null)) {
                assertThat(second.response.statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void aNumberThatIsNoneAndAnUnknownTypeAreBadRequests() throws Exception {
        try (var server = StreamServer.start()) {
            for (String query : List.of("?after=x", "?after=-3", "?types=transition,nonsense")) {
                try (var reader = EventReader.open(server.uri(query), null)) {
                    assertThat(reader.response.statusCode()).as(query).isEqualTo(400);
                }
            }
            try (var reader = EventReader.open(server.uri(""), "abc")) {
                assertThat(reader.response.statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void showsTheSummaryOnConnectAndWhenItChanges() throws Exception {
        try (var server = StreamServer.start();
                var reader = EventReader.open(server.uri("?types=summary"), null)) {
            assertThat(reader.next("summary").data()).isEqualTo("{\"openIssues\":0}");
            server.openIssues.set(3);
            server.log.add(LogEntry.ISSUE, "c", "{}");
            var summary = reader.next("summary");
            assertThat(summary.data()).isEqualTo("{\"openIssues\":3}");
            assertThat(summary.id()).isNull();
        }
    }

    @Test
    void showsTheLatestResultOfEachCamera() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG));
                var reader = EventReader.open(server.uri("?types=result,summary"), null)) {
            reader.next("summary");
            // the feed begins to collect with its first look at who watches
            String shown = "";
            while (!shown.contains("LAST")) {
                for (String reason : List.of("FIRST", "SECOND", "LAST")) {
                    server.results.tryEmitNext(status("c1", reason));
                }
                var event = reader.next("result", ":");
                boolean heartbeat = event.type().equals(":");
                shown = heartbeat ? "" : event.data();
                if (!heartbeat) {
                    assertThat(event.id()).isNull();
                }
            }
            assertThat(shown).contains("\"cameraId\":\"c1\"").doesNotContain("\n");
        }
    }

    private static CameraStatus status(String camera, String reason) {
        return new CameraStatus(
                new CameraId(camera), Verdict.HEALTHY, reason, Instant.EPOCH, null, null);
    }

    @Test
    void completesTheStreamsWhenTheProcessStops() throws Exception {
        try (var server = StreamServer.start();
                var reader = EventReader.open(server.uri(""), null)) {
            reader.next("retry");
            server.stopHub();
            assertThat(reader.next("end").type()).isEqualTo("end");
            assertThat(server.closed("shutdown")).isEqualTo(1);
        }
    }

    @Test
    void aClientThatGoesIsForgotten() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG));
                var other = EventReader.open(server.uri(""), null)) {
            try (var reader = EventReader.open(server.uri(""), null)) {
                reader.next("retry");
            }
            for (int i = 0; i < 8 && server.closed("client") == 0; i++) {
                other.next(":");
            }
            assertThat(server.clients()).isEqualTo(1);
        }
    }
}
