package cctvout.e2e;

import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;

import java.util.Objects;

/** Everyone who can be told, each with a path of its own at the webhook receiver. */
final class Parties {

    static final String SECRET = "a secret between two";
    static final String LINE = "L-17";

    private Parties() {}

    static void register(Console console, WebhookReceiver receiver) {
        register(console, receiver, "line", "LINE_OPERATOR");
        register(console, receiver, "vendor", "CAMERA_VENDOR");
        register(console, receiver, "stream", "STREAM_OPERATOR");
        register(console, receiver, "control", "CONTROL_ROOM");
    }

    private static void register(
            Console console, WebhookReceiver receiver, String id, String role) {
        console.post(
                "/api/recipients",
                """
                {"id":"%s","name":"%s","role":"%s","language":"ko","lines":[],"vendors":[],"districts":[],
                 "channels":[{"type":"webhook","url":"%s","secret":"%s"}],"enabled":true}
                """
                        .formatted(id, id, role, receiver.url(id), SECRET));
    }

    /** The first of the fleet: c1, c2 and on. */
    static void cameras(Console console, FleetServer fleet, int count) {
        for (int i = 1; i <= count; i++) {
            SimulatedCamera camera = Objects.requireNonNull(fleet.fleet().camera(i));
            camera(console, "c" + i, Objects.requireNonNull(camera.ip()), fleet.url(i));
        }
    }

    static void camera(Console console, String id, String ip, String hlsUrl) {
        camera(console, id, ip, hlsUrl, LINE);
    }

    static void camera(Console console, String id, String ip, String hlsUrl, String line) {
        console.post(
                "/api/cameras",
                """
                {"id":"%s","name":"중앙로 사거리 %s","ip":"%s","hlsUrl":"%s","line":"%s","vendor":"V-A"}
                """
                        .formatted(id, id, ip, hlsUrl, line));
    }
}
