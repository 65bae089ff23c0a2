package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.recipient.Parties;

import java.time.Instant;
import java.util.function.Function;

/** What all notices of one round are decided by. */
record RoundContext(
        Parties parties,
        PolicyRound policy,
        MaintenanceHolds work,
        Flapping flapping,
        Function<CameraId, Camera> cameras,
        RoundRows rows,
        Instant now) {}
