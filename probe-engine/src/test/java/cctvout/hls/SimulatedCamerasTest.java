package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.TimeUnit;

/** The prober against the simulator: the reasons that a demonstration shows. */
class SimulatedCamerasTest {

    private final ProberRig rig =
            new ProberRig(ProberRig.settings(), ProberRig::literal, "127.0.0.0/8");
    private FleetServer fleet;

    @BeforeEach
    void start() throws Exception {
        fleet =
                FleetServer.start(FleetOptions.of(Fleet.of(4), 0).by(rig.clock()))
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void healthyCameraIsProvenByItsSecondCheck() {
        HlsResult first = rig.probe(fleet.url(1));
        assertThat(first.reason()).as(first.toString()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        rig.now = rig.now.plusSeconds(4);

        HlsResult second = rig.probe(fleet.url(1), first.edge());

        assertThat(second.reason()).as(second.toString()).isEqualTo(HlsReason.OK);
        assertThat(second.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FREEZE, STALE_PLAYLIST",
        "NOT_FOUND, HTTP_404",
        "BROKEN, HTTP_5XX",
        "UNAVAILABLE, RATE_LIMITED",
        "GARBAGE, NOT_A_PLAYLIST",
        "EMPTY, EMPTY_BODY",
        "ENDED, STREAM_ENDED",
        "SEGMENT_NOT_FOUND, SEGMENT_404",
        "SEGMENT_GARBAGE, SEGMENT_NOT_MEDIA",
        "DOWN, CONNECTION_RESET"
    })
    void faultGetsItsReason(Fault fault, HlsReason reason) {
        HlsResult well = rig.probe(fleet.url(1));
        fleet.faults().set(new Target.Cameras(1, 1), fault);
        rig.now = rig.now.plusSeconds(4);
        HlsResult soon = rig.probe(fleet.url(1), well.edge());
        rig.now = rig.now.plusSeconds(8);

        HlsResult result = rig.probe(fleet.url(1), soon.edge());

        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
    }
}
