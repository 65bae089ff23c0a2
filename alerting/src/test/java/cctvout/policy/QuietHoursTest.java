package cctvout.policy;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

class QuietHoursTest {

    @Test
    void anInstantOfTheDayAndTheEndIsNotQuietAnyMore() {
        QuietHours lunch = hours("12:00", "13:00", "UTC");
        assertThat(lunch.until(at("2026-03-02T11:59:59Z"))).isNull();
        assertThat(lunch.until(at("2026-03-02T12:00:00Z"))).isEqualTo(at("2026-03-02T13:00:00Z"));
        assertThat(lunch.until(at("2026-03-02T13:00:00Z"))).isNull();
    }

    @Test
    void overMidnightInTheZoneThatIsNamed() {
        QuietHours night = hours("22:00", "07:00", "Asia/Seoul");
        // 23:00 and 06:59 in Seoul
        assertThat(night.until(at("2026-03-02T14:00:00Z"))).isEqualTo(at("2026-03-02T22:00:00Z"));
        assertThat(night.until(at("2026-03-02T21:59:00Z"))).isEqualTo(at("2026-03-02T22:00:00Z"));
        assertThat(night.until(at("2026-03-02T22:00:00Z"))).isNull();
        assertThat(night.until(at("2026-03-02T12:59:00Z"))).isNull();
    }

    @Test
    void aDayIsTheOneOnWhichItBegins() {
        QuietHours friday = hours("22:00", "07:00", "UTC", FRIDAY);
        assertThat(friday.until(at("2026-03-06T23:00:00Z"))).isNotNull();
        assertThat(friday.until(at("2026-03-07T06:00:00Z"))).isEqualTo(at("2026-03-07T07:00:00Z"));
        assertThat(friday.until(at("2026-03-07T23:00:00Z"))).isNull();
        assertThat(friday.until(at("2026-03-06T06:00:00Z"))).isNull();
    }

    @Test
    void wholeDaysInARowEndWithTheLast() {
        QuietHours weekend = hours("00:00", "00:00", "UTC", SATURDAY, SUNDAY);
        assertThat(weekend.until(at("2026-03-07T10:00:00Z"))).isEqualTo(at("2026-03-09T00:00:00Z"));
        assertThat(weekend.until(at("2026-03-09T00:00:00Z"))).isNull();
        assertThat(weekend.neverEnds()).isFalse();
        assertThat(hours("05:00", "05:00", "UTC").neverEnds()).isTrue();
        assertThat(hours("05:00", "05:00", "UTC").until(at("2026-03-07T10:00:00Z"))).isNotNull();
    }

    @Test
    void theNightInWhichClocksChangeIsAsLongAsItIs() {
        QuietHours night = hours("22:00", "07:00", "Europe/Berlin");
        // summer time begins on 29 March 2026 at 01:00 UTC
        assertThat(night.until(at("2026-03-28T22:00:00Z"))).isEqualTo(at("2026-03-29T05:00:00Z"));
        assertThat(night.until(at("2026-03-27T22:00:00Z"))).isEqualTo(at("2026-03-28T06:00:00Z"));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    private static QuietHours hours(String from, String to, String zone, DayOfWeek... days) {
        return new QuietHours(
                List.of(days),
                LocalTime.parse(from),
                LocalTime.parse(to),
                ZoneId.of(zone),
                QuietHours.BreakThrough.NOTHING);
    }
}
