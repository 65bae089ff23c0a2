package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpSettings;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class DemoConfigurationTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Configuration(proxyBeanMethods = false)
    @Import(DemoConfiguration.class)
    @EnableConfigurationProperties(IcmpSettings.class)
    static class City {
        @Bean
        Registered registry() {
            return new Registered();
        }

        @Bean
        IcmpProber icmp() {
            return new Unavailable();
        }
    }

    private static ConfigurableApplicationContext started(int port) {
        return new SpringApplicationBuilder(City.class)
                .web(WebApplicationType.NONE)
                .profiles("demo")
                .properties("cctvout.demo.port=" + port, "spring.main.banner-mode=off")
                .run();
    }

    @Test
    void theCityIsServedAndRegisteredAndItsPingsAreSimulated() throws Exception {
        String url;
        try (var context = started(0)) {
            List<Camera> cameras = registered(context);
            assertThat(cameras).hasSize(500);
            url = Objects.requireNonNull(cameras.getFirst().hlsUrl());
            StepVerifier.create(status(url)).expectNext(200).expectComplete().verify(LIMIT);
            assertThat(context.getBean(IcmpProber.class)).isInstanceOf(CutLines.class);
            assertThat(context.getBean(IcmpProber.class).explanation()).isEqualTo("not here");
        }
        StepVerifier.create(status(url)).expectError(IOException.class).verify(LIMIT);
    }

    @Test
    void aTakenPortMakesTheCityUseAnotherOne() throws Exception {
        DisposableServer other =
                TcpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .bind()
                        .map(server -> (DisposableServer) server)
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
        try (var context = started(other.port())) {
            String url = Objects.requireNonNull(registered(context).getFirst().hlsUrl());
            assertThat(URI.create(url).getPort()).isNotEqualTo(other.port());
            StepVerifier.create(status(url)).expectNext(200).expectComplete().verify(LIMIT);
        } finally {
            other.dispose();
        }
    }

    private static List<Camera> registered(ConfigurableApplicationContext context)
            throws Exception {
        return context.getBean(Registered.class).full.get(20, TimeUnit.SECONDS);
    }

    private static Mono<Integer> status(String url) {
        return HttpClient.newConnection()
                .get()
                .uri(url)
                .response()
                .map(response -> response.status().code());
    }

    /** Takes a whole city; away at first, as a database may be. */
    private static final class Registered implements CameraRegistry {
        final CompletableFuture<List<Camera>> full = new CompletableFuture<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final List<Camera> all = new ArrayList<>();

        @Override
        public Mono<List<Saving>> saveAll(List<Camera> batch) {
            return Mono.fromCallable(
                    () -> {
                        if (asked.getAndIncrement() == 0) {
                            throw new IllegalStateException("away");
                        }
                        assertThat(batch).hasSizeLessThanOrEqualTo(CameraQuery.MAX_LIMIT);
                        all.addAll(batch);
                        if (all.size() >= 500) {
                            full.complete(List.copyOf(all));
                        }
                        return batch.stream().map(_ -> Saving.CREATED).toList();
                    });
        }

        @Override
        public Mono<Camera> find(CameraId id) {
            return Mono.empty();
        }

        @Override
        public Mono<Page> search(CameraQuery query) {
            return Mono.empty();
        }

        @Override
        public Flux<Camera> all() {
            return Flux.empty();
        }

        @Override
        public Mono<Camera> create(Camera camera) {
            return Mono.empty();
        }

        @Override
        public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
            return Mono.empty();
        }

        @Override
        public Flux<CameraChange> changes(long afterRevision) {
            return Flux.never();
        }
    }

    private static final class Unavailable implements IcmpProber {
        @Override
        public Mono<IcmpOutcome> probe(String host) {
            return Mono.just(new IcmpOutcome.Inconclusive("not here"));
        }

        @Override
        public Mode mode() {
            return Mode.UNAVAILABLE;
        }

        @Override
        public String explanation() {
            return "not here";
        }
    }
}
