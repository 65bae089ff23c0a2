package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.log.LogEntry;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a client asks to see, and what it sees of the moment. */
@Timeout(60)
class StreamFilterTest {

    private static final Duration LONG = Duration.ofMinutes(5);

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
    void theEndOfACameraThatWasRemovedIsReplayedToWhoLooksAtItsDistrict() throws Exception {
        try (var server = StreamServer.start(StreamServer.settings(64, 10, LONG))) {
            server.cameras.putRemoved("gone", "서구", "L-1", "Hanwha");
            server.log.addTransition("gone");
            server.log.addTransition("stranger");
            server.log.addTransition("gone");
            var west = server.uri("?after=0&district=%EC%84%9C%EA%B5%AC");
            try (var reader = EventReader.open(west, null)) {
                assertThat(reader.nextIds(2)).containsExactly(1L, 3L);
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
}
