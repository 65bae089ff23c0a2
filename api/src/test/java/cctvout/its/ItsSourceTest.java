package cctvout.its;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.camera.Camera;
import cctvout.camera.CameraRegistry;
import cctvout.network.HostResolver;
import cctvout.store.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** The list as a local server gives it, into the registry as it is. */
@WholeApplication
class ItsSourceTest {

    @Autowired private CameraRegistry registry;
    @Autowired private Database database;
    @Autowired private HostResolver hosts;
    @Autowired private JsonMapper json;
    private ItsRig rig;

    @BeforeEach
    void start() {
        rig = new ItsRig(new ItsRig.Application(registry, database, hosts, json));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void theListBecomesCamerasAndTheSameListChangesNothing() {
        ItsStatus first = rig.turn();
        assertThat(first.failure()).isNull();
        assertThat(first.created()).isEqualTo(2);
        assertThat(rig.changes).containsExactly("created=2&updated=0&paused=0");
        assertThat(rig.asked.get())
                .isEqualTo("/cctvInfo?type=its&apiKey=very%2Bsecret%2Fkey%3D%3D");
        Camera east = rig.camera("동문");
        assertThat(east.hlsUrl()).isEqualTo("http://127.0.0.1:9/tok-1/east.m3u8");
        assertThat(east.latitude()).isEqualTo(37.1);
        assertThat(east.longitude()).isEqualTo(127.1);
        assertThat(east.district()).isEqualTo("국도");

        ItsStatus second = rig.turn();
        assertThat(List.of(second.listed(), second.created(), second.updated()))
                .containsExactly(2, 0, 0);
        assertThat(rig.camera("동문").version()).isEqualTo(east.version());
        assertThat(rig.changes).as("what changed nothing is not told").hasSize(1);
    }

    @Test
    void aChangedUrlIsWrittenAndWhatPeopleChangedStays() {
        rig.turn();
        Camera east = rig.camera("동문");
        Camera moved =
                new Camera(
                        east.id(),
                        "동문 앞",
                        null,
                        37.2,
                        127.2,
                        "127.0.0.9",
                        east.hlsUrl(),
                        "L-17",
                        null,
                        "북구",
                        "한빛",
                        null,
                        true,
                        Duration.ofMinutes(1),
                        east.probes(),
                        0);
        ItsRig.value(registry.update(moved, OptionalLong.empty()));
        rig.listed.replaceAll((_, url) -> url.replace("tok-1", "tok-2"));

        ItsStatus status = rig.turn();

        assertThat(status.updated()).isEqualTo(2);
        assertThat(status.missing()).isZero();
        Camera now = rig.camera("동문");
        assertThat(now.hlsUrl()).isEqualTo("http://127.0.0.1:9/tok-2/east.m3u8");
        assertThat(now.line()).isEqualTo("L-17");
        assertThat(now.name()).isEqualTo("동문 앞");
        assertThat(now.latitude()).isEqualTo(37.2);
        assertThat(now.ip()).isEqualTo("127.0.0.9");
    }

    @Test
    void whatIsMissingIsShownThenPausedAndGoesOnWhenItIsBack() {
        rig.turn();
        String url = Objects.requireNonNull(rig.listed.remove("동문"));

        assertThat(rig.turn().missing()).isEqualTo(1);
        assertThat(rig.camera("동문").enabled()).isTrue();
        ItsStatus gone = rig.turn();
        assertThat(gone.missing()).isEqualTo(1);
        assertThat(gone.paused()).isEqualTo(1);
        assertThat(rig.changes).last().isEqualTo("created=0&updated=0&paused=1");
        assertThat(rig.camera("동문").enabled()).isFalse();
        assertThat(rig.camera("서문").enabled()).isTrue();

        rig.listed.put("동문", url);
        ItsStatus back = rig.turn();
        assertThat(back.paused()).isZero();
        assertThat(back.missing()).isZero();
        assertThat(rig.camera("동문").enabled()).isTrue();
    }

    @Test
    void whoPausedItByHandOrRemovedItHasTheLastWord() {
        rig.turn();
        Camera east = rig.camera("동문");
        Camera paused =
                new Camera(
                        east.id(),
                        east.name(),
                        null,
                        east.latitude(),
                        east.longitude(),
                        null,
                        east.hlsUrl(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        east.probes(),
                        0);
        ItsRig.value(registry.update(paused, OptionalLong.empty()));
        ItsRig.value(registry.delete(rig.camera("서문").id(), OptionalLong.empty()));
        rig.listed.replaceAll((_, url) -> url.replace("tok-1", "tok-3"));

        rig.turn();

        assertThat(rig.camera("동문").enabled()).isFalse();
        assertThat(rig.camera("동문").hlsUrl()).contains("tok-3");
        assertThat(rig.find("서문")).isEmpty();
    }

    @Test
    void aFailedFetchChangesNothingAndIsShownUntilOneSucceeds() {
        rig.turn();
        for (String bad :
                List.of(
                        "<html>busy</html>",
                        "{\"response\":{\"data\":[]}}",
                        "{\"resultMsg\":\"no such key " + ItsRig.KEY + "\"}",
                        "{\"response\":{\"data\":[" + " ".repeat(70_000) + "]}}")) {
            rig.answer.set(bad);
            ItsStatus status = rig.turn();
            assertThat(status.failure()).isNotNull().doesNotContain(ItsRig.KEY);
            assertThat(status.failedSince()).isNotNull();
            assertThat(status.missing()).isZero();
            assertThat(status.nextAt()).isBefore(Instant.now().plusSeconds(30));
        }
        assertThat(rig.turn().failure()).contains("cctvout.its.max-bytes");
        rig.answer.set("");
        assertThat(rig.turn().failure()).isNull();
        assertThat(rig.camera("동문").enabled()).isTrue();
    }

    @Test
    void oneProcessAtATimeFetchesIt() {
        rig.run("update its_source set next_at = now()");
        ItsRig.value(rig.source.turn());
        rig.asked.set("");
        ItsRig.value(rig.source.turn());
        assertThat(rig.asked.get()).isEmpty();
    }
}
