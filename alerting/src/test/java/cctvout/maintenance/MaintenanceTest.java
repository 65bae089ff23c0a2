package cctvout.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

class MaintenanceTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z"); // a Monday in Seoul

    @Test
    void aWindowHoldsTheCamerasThatAnyOfItsListsNames() {
        assertThat(heldBy("{\"cameras\":[\"C-1\"]}")).isTrue();
        assertThat(heldBy("{\"lines\":[\"L-2\",\"L-1\"]}")).isTrue();
        assertThat(heldBy("{\"lines\":[\"L-2\"],\"sites\":[\"S-1\"]}")).isTrue();
        assertThat(heldBy("{\"vendors\":[\"V-1\"]}")).isTrue();
        assertThat(heldBy("{\"districts\":[\"D-1\"]}")).isTrue();
        assertThat(heldBy("{\"everything\":true}")).isTrue();
        assertThat(heldBy("{\"lines\":[\"C-1\"],\"cameras\":[\"L-1\"]}")).isFalse();
    }

    @Test
    void aScopeIsReadAsItLooks() {
        String district = Normalizer.normalize("동남구", Normalizer.Form.NFD);
        assertThat(heldBy("{\"lines\":[\"L-1 \"]}")).isTrue();
        assertThat(heldBy("{\"cameras\":[\"\u00a0C-1\"]}")).isTrue();
        assertThat(heldBy("{\"sites\":[\"S-1\u200b\"]}")).isTrue();
        assertThat(
                        Rows.read("{\"districts\":[\"%s\"]}".formatted(district), Scope.class)
                                .districts())
                .containsExactly("동남구");
    }

    @Test
    void noPathWouldLeadToAWindowOfADotOrTwo() {
        for (String id : List.of(".", "..")) {
            assertThatThrownBy(() -> MaintenanceRules.check(named(id), false, NOON))
                    .hasMessageContaining("id");
        }
        MaintenanceRules.check(named("..."), false, NOON);
    }

    private static MaintenanceWindow named(String id) {
        return once("w", NOON, NOON.plusSeconds(60)).stored(id, null, 1);
    }

    private static boolean heldBy(String scope) {
        MaintenanceWindow window =
                read(
                        """
                        {"id":"w","scope":%s,"startsAt":"2026-01-05T02:00:00Z",
                         "endsAt":"2026-01-05T04:00:00Z"}"""
                                .formatted(scope));
        return new Maintenance(List.of(window)).activeAt(camera(), NOON) != null;
    }

    @Test
    void oneThatIsOnceHoldsFromItsStartUntilBeforeItsEnd() {
        MaintenanceWindow window = once("w", NOON, NOON.plusSeconds(60));
        assertThat(until(NOON.minusNanos(1), window)).isNull();
        assertThat(until(NOON, window)).isEqualTo(NOON.plusSeconds(60));
        assertThat(until(NOON.plusSeconds(60).minusNanos(1), window)).isNotNull();
        assertThat(until(NOON.plusSeconds(60), window)).isNull();
    }

    @Test
    void oneThatIsDisabledHoldsNothing() {
        MaintenanceWindow window =
                read(
                        """
                        {"id":"w","scope":{"everything":true},"enabled":false,
                         "startsAt":"2026-01-05T02:00:00Z","endsAt":"2026-01-05T04:00:00Z"}""");
        assertThat(until(NOON, window)).isNull();
        assertThat(window.next(NOON)).isNull();
    }

    @Test
    void windowsThatOverlapOrTouchHoldUntilTheLastOfThemEnds() {
        MaintenanceWindow first = once("a", NOON, NOON.plusSeconds(60));
        MaintenanceWindow within = once("b", NOON.plusSeconds(10), NOON.plusSeconds(30));
        MaintenanceWindow later = once("c", NOON.plusSeconds(50), NOON.plusSeconds(100));
        MaintenanceWindow touching = once("d", NOON.plusSeconds(100), NOON.plusSeconds(120));
        MaintenanceWindow apart = once("e", NOON.plusSeconds(121), NOON.plusSeconds(200));
        assertThat(until(NOON.plusSeconds(20), first, within, later, touching, apart))
                .isEqualTo(NOON.plusSeconds(120));
    }

    @Test
    void oneThatNeverEndsHoldsUntilTheHorizon() {
        MaintenanceWindow always =
                weekly(
                        List.of(DayOfWeek.values()),
                        "00:00",
                        Duration.ofDays(1),
                        "Asia/Seoul",
                        null);
        Instant until = until(NOON, always);
        assertThat(until).isAfterOrEqualTo(NOON.plus(Maintenance.HORIZON));
    }

    @Test
    void oneThatRepeatsIsThereOnItsDaysInItsZone() {
        MaintenanceWindow window =
                weekly(List.of(DayOfWeek.MONDAY), "11:30", Duration.ofHours(2), "Asia/Seoul", null);
        assertThat(until(NOON, window)).isEqualTo(Instant.parse("2026-01-05T04:30:00Z"));
        assertThat(until(NOON.plus(Duration.ofDays(1)), window)).isNull();
        assertThat(window.next(NOON.plus(Duration.ofHours(2))))
                .isEqualTo(
                        new Slot(
                                Instant.parse("2026-01-12T02:30:00Z"),
                                Instant.parse("2026-01-12T04:30:00Z")));
    }

    @Test
    void oneThatBeganTheDayBeforeGoesOnOverMidnight() {
        MaintenanceWindow window =
                weekly(
                        List.of(DayOfWeek.SUNDAY),
                        "22:00",
                        Duration.ofHours(15),
                        "Asia/Seoul",
                        null);
        assertThat(until(NOON, window)).isEqualTo(Instant.parse("2026-01-05T04:00:00Z"));
    }

    @Test
    void oneThatRepeatsEndsForGood() {
        Instant end = NOON.plusSeconds(600);
        MaintenanceWindow window =
                weekly(List.of(DayOfWeek.MONDAY), "11:30", Duration.ofHours(2), "Asia/Seoul", end);
        assertThat(until(NOON, window)).isEqualTo(end);
        assertThat(window.next(end)).isNull();
    }

    @Test
    void whereClocksGoForwardItBeginsLaterAndLastsAsLong() {
        MaintenanceWindow window =
                weekly(
                        List.of(DayOfWeek.SUNDAY),
                        "02:30",
                        Duration.ofHours(1),
                        "America/New_York",
                        null);
        // 2026-03-08, 02:00 EST becomes 03:00 EDT
        assertThat(window.next(Instant.parse("2026-03-08T06:00:00Z")))
                .isEqualTo(
                        new Slot(
                                Instant.parse("2026-03-08T07:30:00Z"),
                                Instant.parse("2026-03-08T08:30:00Z")));
        assertThat(window.next(Instant.parse("2026-03-09T00:00:00Z")))
                .isEqualTo(
                        new Slot(
                                Instant.parse("2026-03-15T06:30:00Z"),
                                Instant.parse("2026-03-15T07:30:00Z")));
    }

    @Test
    void whereClocksGoBackItIsOnceAndLastsAsLong() {
        MaintenanceWindow window =
                weekly(
                        List.of(DayOfWeek.SUNDAY),
                        "01:30",
                        Duration.ofHours(2),
                        "America/New_York",
                        null);
        // 2026-11-01, 02:00 EDT becomes 01:00 EST
        assertThat(
                        window.slots(
                                Instant.parse("2026-11-01T00:00:00Z"),
                                Instant.parse("2026-11-02T00:00:00Z")))
                .containsExactly(
                        new Slot(
                                Instant.parse("2026-11-01T05:30:00Z"),
                                Instant.parse("2026-11-01T07:30:00Z")));
    }

    @Test
    void aStoredWindowReadsAsItWasWritten() {
        MaintenanceWindow window =
                weekly(List.of(DayOfWeek.MONDAY), "11:30", Duration.ofHours(2), "Asia/Seoul", NOON);
        assertThat(Rows.read(Rows.json(window), MaintenanceWindow.class)).isEqualTo(window);
    }

    private static @Nullable Instant until(Instant at, MaintenanceWindow... windows) {
        Maintenance.Held held = new Maintenance(List.of(windows)).activeAt(camera(), at);
        return held == null ? null : held.until();
    }

    private static MaintenanceWindow once(String id, Instant from, Instant to) {
        return read(
                """
                {"id":"%s","scope":{"everything":true},"startsAt":"%s","endsAt":"%s"}"""
                        .formatted(id, from, to));
    }

    private static MaintenanceWindow weekly(
            List<DayOfWeek> days,
            String start,
            Duration duration,
            String zone,
            @Nullable Instant until) {
        Repeat repeat = new Repeat(days, LocalTime.parse(start), duration, ZoneId.of(zone), until);
        return MaintenanceWindow.of(
                "w",
                "w",
                null,
                Scope.of(true, null, null, null, null, null),
                null,
                null,
                repeat,
                true,
                "kim",
                1L);
    }

    private static MaintenanceWindow read(String json) {
        return Rows.read(json, MaintenanceWindow.class);
    }

    private static Camera camera() {
        return new Camera(
                new CameraId("C-1"),
                null,
                null,
                null,
                null,
                "10.0.0.1",
                null,
                "L-1",
                "S-1",
                "D-1",
                "V-1",
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }
}
