package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.log.Json;

import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** With a real broker and a real database. */
class PublishingTest extends PublishingRig {

    @Test
    void eachTopicHoldsWhatTheLogSaysAsACloudEventUnderTheCamerasKey() throws Exception {
        append(
                draft("transition", "cam-1", "cam-1", "{\"seq\":1,\"reason\":\"한글\"}"),
                draft("issue", "i-1", "cam-1", "{\"id\":\"i-1\"}"),
                draft("notification", "n-1", "cam-1", "{\"id\":\"n-1\"}"),
                draft("notification", "n-2", null, "{\"cameraId\":null,\"outageId\":\"o-7\"}"),
                draft("notification", "n-3", null, "{\"outageId\":null,\"alarmId\":\"a-9\"}"),
                draft("notification", "n-4", null, "{}"));
        start(ReactorKafkaPublisher::new);

        var records = downstream.await(6);

        assertThat(records)
                .extracting(r -> header(r, "ce_id") + " " + r.topic() + " " + r.key())
                .containsExactlyInAnyOrder(
                        "1 cctv.transitions cam-1",
                        "2 cctv.issues cam-1",
                        "3 cctv.notifications cam-1",
                        "4 cctv.notifications o-7",
                        "5 cctv.notifications a-9",
                        "6 cctv.notifications n-4");
        var transition = Objects.requireNonNull(byId(records).get("1"));
        assertThat(transition.value()).isEqualTo("{\"seq\":1,\"reason\":\"한글\"}");
        assertThat(header(transition, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(transition, "ce_type")).isEqualTo("cctvout.transition");
        assertThat(header(transition, "ce_source")).isEqualTo("/cctv-out");
        assertThat(header(transition, "ce_subject")).isEqualTo("cam-1");
        assertThat(header(transition, "ce_time")).isEqualTo(AT.toString());
        assertThat(header(transition, "content-type")).isEqualTo("application/json");
    }

    @Test
    void theCamerasTopicIsCompactedAndADeletedCameraIsATombstone() throws Exception {
        get(cameras.create(camera("둔산-1")));
        get(cameras.create(camera("c-2")));
        start(ReactorKafkaPublisher::new);
        downstream.await(2);
        get(cameras.delete(new CameraId("둔산-1"), OptionalLong.empty()));

        var records = byId(downstream.await(3));

        var saved = Objects.requireNonNull(records.get("camera-1"));
        assertThat(saved.topic()).isEqualTo("cctv.cameras");
        assertThat(saved.key()).isEqualTo("둔산-1");
        assertThat(Json.read(saved.value(), Camera.class)).isEqualTo(camera("둔산-1").withVersion(1));
        var removed = Objects.requireNonNull(records.get("camera-3"));
        assertThat(removed.key()).isEqualTo("둔산-1");
        assertThat(removed.value()).isNull();
        assertThat(removed.partition()).isEqualTo(saved.partition());
        assertThat(header(removed, "ce_type")).isEqualTo("cctvout.camera.removed");
        assertThat(cleanupPolicy("cctv.cameras")).isEqualTo("compact");
        assertThat(cleanupPolicy("cctv.transitions")).isEqualTo("delete");
    }

    @Test
    void everyEntryComesOnceAndEachCamerasInTheirOrder() throws Exception {
        int entries = 3000;
        start(ReactorKafkaPublisher::new);
        for (int from = 0; from < entries; from += 250) {
            appendTransitions(from, 250);
        }

        var records = downstream.await(entries);

        assertThat(ids(records)).doesNotHaveDuplicates().hasSize(entries);
        inOrderByCamera(records);
    }

    private static String cleanupPolicy(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Downstream.admin(broker.getBrokersAsString())) {
            var configs = admin.describeConfigs(List.of(resource)).all().get(20, TimeUnit.SECONDS);
            return Objects.requireNonNull(configs.get(resource)).get("cleanup.policy").value();
        }
    }
}
