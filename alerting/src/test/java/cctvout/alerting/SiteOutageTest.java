package cctvout.alerting;

import static cctvout.notification.NotificationStatus.SENT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.notification.Notification;
import cctvout.outage.Outage;

import org.junit.jupiter.api.Test;

/** Lines of one site that fail together are the site. */
class SiteOutageTest extends OutageCase {

    @Test
    void linesOfOneSiteThatFailTogetherAreTheSitesFault() {
        atSite("S-1", "L-30", 31, 34);
        atSite("S-1", "L-40", 41, 44);
        atSite("S-1", "L-50", 51, 54);
        fail(31, 34);
        bench.consume();
        assertThat(bench.outages()).extracting(Outage::key).containsExactly("line:L-30");
        fail(41, 44);
        bench.consume();
        assertThat(bench.outages()).as("nobody had heard of it").hasSize(1);
        assertThat(bench.outages().getFirst().key()).isEqualTo("site:S-1");
        fail(51, 51);
        bench.consume();
        assertThat(bench.outages().getFirst().cameras()).hasSize(9);
        assertThat(bench.notifications())
                .singleElement()
                .satisfies(one -> assertThat(one.text()).contains("국사 S-1", "9대"));

        recover(31, 34);
        recover(41, 44);
        recover(51, 51);
        bench.consume();
        assertThat(bench.outages().getFirst().resolvedAt()).isNotNull();
    }

    @Test
    void aLineOfASiteThatWasToldIsNotToldAgainWithTheSite() throws Exception {
        atSite("S-1", "L-30", 31, 34);
        atSite("S-1", "L-40", 41, 44);
        fail(31, 34);
        bench.consume();
        bench.start();
        bench.receiver.next();
        bench.until(all -> all.stream().allMatch(one -> one.status() == SENT));
        bench.stop();
        fail(41, 44);
        bench.consume();
        assertThat(bench.outages())
                .extracting(Outage::key, outage -> outage.cameras().size())
                .containsExactlyInAnyOrder(tuple("line:L-30", 4), tuple("site:S-1", 4));
    }

    @Test
    void aFewCamerasOfManyShortLinesAreNoSitesFaultHalfOfThemAre() {
        for (int i = 61; i <= 72; i++) {
            atSite("S-2", "L-" + i, i, i);
        }
        fail(61, 64);
        bench.consume();
        assertThat(bench.outages()).isEmpty();
        fail(65, 66);
        bench.consume();
        assertThat(bench.outages())
                .singleElement()
                .satisfies(outage -> assertThat(outage.key()).isEqualTo("site:S-2"))
                .satisfies(outage -> assertThat(outage.cameras()).hasSize(6));
    }

    @Test
    void whereNoLineIsRegisteredTheSiteOrElseTheSubnetIsShared() {
        for (int i = 81; i <= 83; i++) {
            bench.camera("C-" + i, null, "한빛");
            bench.camera("C-" + (i + 10), null, "한빛");
            bench.run("update camera set site = 'S-9' where id = 'C-" + i + "'");
        }
        fail(81, 83);
        fail(91, 93);
        bench.consume();
        assertThat(bench.outages())
                .extracting(Outage::key)
                .containsExactlyInAnyOrder("site:S-9", "net:10.0.0.0/24");
        assertThat(bench.notifications())
                .extracting(Notification::text)
                .anyMatch(text -> text.contains("대역 10.0.0.0/24"));
    }

    private void atSite(String site, String line, int from, int to) {
        for (int i = from; i <= to; i++) {
            bench.camera("C-" + i, line, "한빛");
        }
        bench.run("update camera set site = '" + site + "' where line = '" + line + "'");
    }
}
