package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.SENT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Notification;
import cctvout.notification.NotificationEvent;
import cctvout.status.Verdict;

import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What comes and goes on a bench that runs, and what was told of it. */
final class Flaps {

    private final Bench bench;
    private final Set<String> seen = new HashSet<>();

    Flaps(Bench bench) {
        this.bench = bench;
    }

    /** All of them at once; returns when alerting knows. */
    void fail(String... cameras) {
        bench.turn(List.of(cameras), Verdict.HEALTHY, Verdict.LINE_FAULT);
        bench.read();
    }

    void recover(String... cameras) {
        bench.turn(List.of(cameras), Verdict.LINE_FAULT, Verdict.HEALTHY);
        bench.read();
    }

    /**
     * So many came, and nothing more is due. An id that came before, as where an answer took longer
     * than the deadline of a try, says nothing new.
     */
    List<Receiver.Hook> sent(int hooks) throws Exception {
        List<Receiver.Hook> came = new ArrayList<>();
        while (came.size() < hooks) {
            Receiver.Hook hook = bench.receiver.next();
            if (seen.add(hook.header("webhook-id"))) {
                came.add(hook);
            }
        }
        bench.until(
                all ->
                        all.stream()
                                .filter(one -> one.heldUntil() == null)
                                .noneMatch(one -> one.status() == CREATED));
        return came;
    }

    /** Path and event of all that came, in whatever order. */
    AbstractListAssert<?, ?, Tuple, ?> heard(int hooks) throws Exception {
        return assertThat(sent(hooks)).extracting(Receiver.Hook::path, hook -> hook.text("event"));
    }

    List<Notification> unsent() {
        return bench.notifications().stream().filter(one -> one.status() == CREATED).toList();
    }

    /** So long it has been as it is. */
    void calm(NotificationEvent event) {
        bench.run(
                "update notification set next_at = now(), held_until = now() where event = '"
                        + event
                        + "' and next_at is not null");
    }

    /** Nothing waits, and who was told of an issue or an outage was told of its end, each once. */
    void eachToldIsTakenBackOnce(String recipient, int faults) {
        bench.until(all -> all.stream().noneMatch(one -> one.status() == CREATED));
        List<String> opened = told(recipient, OPENED);
        assertThat(opened).hasSize(faults).doesNotHaveDuplicates();
        assertThat(told(recipient, RECOVERED)).containsExactlyInAnyOrderElementsOf(opened);
        assertThat(bench.receiver.rest())
                .allMatch(hook -> seen.contains(hook.header("webhook-id")));
    }

    private List<String> told(String recipient, NotificationEvent event) {
        return bench.notifications().stream()
                .filter(one -> one.recipientId().equals(recipient) && one.status() == SENT)
                .filter(one -> one.event() == event)
                .map(one -> one.issueId() == null ? "" + one.outageId() : one.issueId())
                .toList();
    }
}
