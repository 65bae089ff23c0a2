package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;

import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** An import into a registry in memory, with limits that a test can reach. */
final class ImportRig {

    static final String HEADER =
            Xlsx.row(
                    1,
                    Xlsx.text("관리번호"),
                    Xlsx.text("설치위치명"),
                    Xlsx.text("위도"),
                    Xlsx.text("경도"),
                    Xlsx.text("IP"),
                    Xlsx.text("업체"));

    final MemoryRegistry registry = new MemoryRegistry();
    private final CameraImport cameraImport =
            new CameraImport(
                    registry,
                    new CameraCheck(AllowedNetworks.of(List.of("private"))),
                    new ImportSettings(
                            DataSize.ofMegabytes(16),
                            DataSize.ofMegabytes(8),
                            60_000,
                            65_536,
                            9,
                            2));

    void refused(byte[] body, String reason) {
        StepVerifier.create(run(body))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(TableException.class)
                                        .hasMessageContaining(reason))
                .verify(Duration.ofSeconds(30));
    }

    ImportReport imported(byte[] body) {
        return imported(body, 1000);
    }

    ImportReport imported(byte[] body, int pieces) {
        List<ImportReport> reports = new ArrayList<>();
        StepVerifier.create(run(body, pieces))
                .recordWith(() -> reports)
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        return reports.getFirst();
    }

    /** In pieces, as a body comes. */
    Mono<ImportReport> run(byte[] body) {
        return run(body, 1000);
    }

    private Mono<ImportReport> run(byte[] body, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < body.length; at += size) {
            pieces.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + size)));
        }
        return cameraImport.run(Flux.fromIterable(pieces), null, ColumnMap.NONE, false);
    }

    Camera stored(String id) {
        return Objects.requireNonNull(registry.get(id), id);
    }
}
