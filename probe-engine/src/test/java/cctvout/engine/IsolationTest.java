package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.cluster.Shards;
import cctvout.hls.HlsProber;
import cctvout.hls.HlsSettings;
import cctvout.hls.ReactorNettyHlsProber;
import cctvout.network.AllowedNetworks;
import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;
import cctvout.simulator.Target;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real engine and real streams: hostile devices beside well ones. */
class IsolationTest {

    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final long PATIENCE_SECONDS = 90;
    private static final int WELL = 60;

    /** First and last camera of each kind, and what is said of it. */
    private record Kind(int first, int last, Fault fault, String reason) {}

    private static final List<Kind> HOSTILE =
            List.of(
                    new Kind(61, 90, Fault.SLOW, "RESPONSE_TIMEOUT"),
                    new Kind(91, 105, Fault.DRIP, "BODY_TIMEOUT"),
                    new Kind(106, 113, Fault.HUGE, "BODY_TOO_LARGE"),
                    new Kind(114, 119, Fault.GZIP_BOMB, "BODY_TOO_LARGE"),
                    new Kind(120, 125, Fault.REDIRECT_LOOP, "REDIRECT_LOOP"),
                    new Kind(126, 130, Fault.ENDLESS_HEADERS, "BODY_TOO_LARGE"));

    @Test
    void hostileDevicesGetTheirOwnReasonsAndDelayNobody() throws Exception {
        Fleet cameras = Fleet.of(130);
        Map<CameraId, String> expected = new HashMap<>();
        AtOnce city = new AtOnce();
        Scheduler thread = Schedulers.newSingle("probe-loop");
        try (FleetServer fleet = started(cameras)) {
            for (Kind kind : HOSTILE) {
                fleet.faults().set(new Target.Cameras(kind.first(), kind.last()), kind.fault());
                for (int i = kind.first(); i <= kind.last(); i++) {
                    expected.put(id(cameras, i), kind.reason());
                }
            }
            ReactiveProbeEngine engine = engine(city, thread);
            Set<CameraId> down = ConcurrentHashMap.newKeySet();
            CountDownLatch confirmed = new CountDownLatch(expected.size());
            city.listen(
                    status -> {
                        if (status.verdict() == Verdict.CAMERA_FAULT
                                && down.add(status.cameraId())) {
                            confirmed.countDown();
                        }
                    });
            engine.start();
            for (SimulatedCamera camera : cameras.cameras()) {
                var saved =
                        new CameraChange.Saved(camera.registered(fleet.port()), camera.number());
                city.changes.tryEmitNext(saved).orThrow();
            }
            assertThat(confirmed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            List<CameraId> wells = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch rounds = new CountDownLatch(3 * WELL);
            city.listen(
                    status -> {
                        if (!expected.containsKey(status.cameraId())) {
                            wells.add(status.cameraId());
                            rounds.countDown();
                        }
                    });
            assertThat(rounds.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            engine.stop();
            for (int i = 1; i <= WELL; i++) {
                assertThat(Collections.frequency(List.copyOf(wells), id(cameras, i)))
                        .as("camera %d in three rounds", i)
                        .isBetween(2, 4);
            }
        } finally {
            thread.dispose();
        }
        Map<CameraId, String> reasons = new HashMap<>();
        for (StatusTransition moved : city.log) {
            if (moved.to().isFault()) {
                reasons.put(moved.cameraId(), moved.reason());
            }
        }
        assertThat(reasons).isEqualTo(expected);
    }

    private static FleetServer started(Fleet cameras) throws Exception {
        return FleetServer.start(FleetOptions.of(cameras, 0)).toFuture().get(30, TimeUnit.SECONDS);
    }

    private static CameraId id(Fleet cameras, int number) {
        return cameras.cameras().get(number - 1).id();
    }

    private static ReactiveProbeEngine engine(AtOnce city, Scheduler thread) {
        HlsProber streams =
                ReactorNettyHlsProber.create(
                        quick(),
                        host -> Mono.just(List.of(InetAddress.ofLiteral(host))),
                        AllowedNetworks.of(List.of("127.0.0.0/8")),
                        Clock.systemUTC());
        return new ReactiveProbeEngine(
                City.settings(INTERVAL, "confirm=100ms,200ms", "down-interval=3s"),
                Shards.alone(),
                city,
                city,
                city,
                city,
                streams,
                new EngineMeters(new SimpleMeterRegistry()),
                EngineClock.system(),
                thread);
    }

    private static HlsSettings quick() {
        Map<String, Object> named =
                Map.of(
                        "hls.response-timeout",
                        "4s",
                        "hls.deadline",
                        "6s",
                        "hls.connect-timeout",
                        "4s");
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("hls", HlsSettings.class);
    }
}
