package cctvout.alerting;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.recipient.RecipientRole.CONTROL_ROOM;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.CAMERA_FAULT;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.notification.NotResendableException;
import cctvout.notification.Notification;
import cctvout.notification.NotificationDesk;
import cctvout.notification.NotificationQuery;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;

import org.junit.jupiter.api.Test;

import reactor.test.StepVerifier;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Who is told of an outage and of its end, whatever people and cameras do in between. */
class OutageNoticesTest extends OutageCase {

    @Test
    void whoWasRemovedAndCameBackIsToldAnew() {
        fail(1, 3);
        bench.consume();
        assertThat(Bench.get(desk().removeRecipient("line-17", OptionalLong.empty()))).isTrue();
        bench.recipient("line-17", LINE_OPERATOR, List.of("L-17"), bench.webhook("/line"));
        fail(4, 4);
        bench.consume();
        assertThat(told("line-17")).extracting(Notification::event).containsExactly(OPENED);
        assertThat(bench.outages()).hasSize(1);
    }

    @Test
    void whatIsOverIsNotSentAgainAsIfItLasted() {
        bench.recipient("desk", LINE_OPERATOR, List.of("L-17"), new RecipientChannel.Inbox());
        fail(1, 3);
        bench.consume();
        String opened = told("desk").getFirst().id();
        assertThat(Bench.get(desk().resend(opened)).id()).isEqualTo(opened);
        recover(1, 3);
        bench.consume();
        StepVerifier.create(desk().resend(opened))
                .expectError(NotResendableException.class)
                .verify(Bench.SOON);
    }

    @Test
    void theControlRoomsOfAllItsDistrictsAreToldOfItsEnd() {
        bench.run("update camera set district = '동남구' where id in ('C-1', 'C-2', 'C-3')");
        bench.run("update camera set district = '서북구' where id in ('C-4', 'C-5', 'C-6')");
        room("room-east", "동남구");
        room("room-west", "서북구");
        fail(1, 6);
        bench.consume();
        recover(1, 3);
        bench.consume();
        recover(4, 6);
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED)
                .extracting(Notification::recipientId)
                .containsExactlyInAnyOrder("line-17", "room", "room-east", "room-west");
    }

    /** As alerting finds it that was away while a line came and went. */
    @Test
    void whatBeganAndEndedInOneBatchIsOneNoticeToEach() {
        fail(1, 6);
        recover(1, 5);
        bench.consume();
        assertThat(bench.outages()).hasSize(1);
        assertThat(bench.outages().getFirst().cameras()).hasSize(6);
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() != CANCELLED && one.event() == RECOVERED)
                .extracting(Notification::recipientId, Notification::issueId)
                .containsExactlyInAnyOrder(tuple("line-17", null), tuple("room", null));
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() != CANCELLED && one.event() == OPENED)
                .extracting(Notification::cameraId)
                .as("left behind")
                .containsExactly("C-6");
    }

    /** The first was over before the others failed. */
    @Test
    void oneThatIsOverAlreadyIsNoneOfThem() {
        fail(1, 2);
        recover(1, 1);
        fail(3, 4);
        bench.consume();
        assertThat(bench.outages().getFirst().cameras())
                .extracting(Object::toString)
                .containsExactly("C-2", "C-3", "C-4");
        assertThat(bench.notifications())
                .filteredOn(one -> one.status() != CANCELLED)
                .extracting(Notification::event, Notification::cameraId)
                .containsExactlyInAnyOrder(
                        tuple(RECOVERED, "C-1"), tuple(RECOVERED, "C-1"), tuple(OPENED, null));
    }

    @Test
    void itsEndDoesNotSayWellOfWhatHasAnotherFaultNow() {
        fail(1, 3);
        bench.consume();
        IntStream.rangeClosed(1, 3)
                .forEach(i -> bench.turns("C-" + i, LINE_FAULT, i == 1 ? HEALTHY : CAMERA_FAULT));
        bench.consume();
        assertThat(bench.notifications())
                .filteredOn(one -> one.event() == RECOVERED && one.issueId() == null)
                .extracting(Notification::text)
                .hasSize(2)
                .allMatch(text -> text.contains("회선 장애가 끝났습니다") && !text.contains("정상"));
    }

    @Test
    void askedForItsNoticesTheDeskNamesThoseOfTheWhole() {
        fail(1, 4);
        bench.consume();
        recover(1, 2);
        bench.consume();
        String id = bench.outages().getFirst().id();
        List<Notification> found =
                Bench.get(
                                desk().search(
                                                new NotificationQuery(
                                                        null, null, id, null, null, false, 100,
                                                        null)))
                        .items();
        assertThat(bench.notifications()).anyMatch(one -> one.issueId() != null);
        assertThat(found).isNotEmpty().allMatch(one -> one.issueId() == null);
    }

    private List<Notification> told(String recipient) {
        return bench.notifications().stream()
                .filter(one -> one.recipientId().equals(recipient))
                .filter(one -> one.status() != CANCELLED)
                .toList();
    }

    private NotificationDesk desk() {
        return bench.alerting.notificationDesk();
    }

    private void room(String id, String district) {
        Bench.get(
                bench.alerting
                        .recipients()
                        .create(
                                new Recipient(
                                        id,
                                        id,
                                        CONTROL_ROOM,
                                        Language.KO,
                                        List.of(),
                                        List.of(),
                                        List.of(district),
                                        List.of(),
                                        true,
                                        0)));
    }
}
