package cctvout.stream;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.LogEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What a client resumes after, and that it gets all of it in its order. */
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
    void whoWasCutOffBeforeAnythingHappenedResumesFromWhereItCame() throws Exception {
        try (var server = StreamServer.start()) {
            long old = server.log.addTransition("old");
            String place;
            try (var reader = EventReader.open(server.uri(""), null)) {
                place = reader.next("place").id();
            }
            assertThat(place).isEqualTo(Long.toString(old));
            long missed = server.log.addTransition("missed");
            try (var reader = EventReader.open(server.uri(""), place)) {
                assertThat(reader.nextIds(1)).containsExactly(missed);
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
}
