package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.ScriptedMailServer.Illness;
import cctvout.notification.ScriptedMailServer.Step;
import cctvout.recipient.RecipientChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A mail server that is ill at one step: the try ends, and so does what it held. */
class SickMailServerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofMillis(400);

    private ScriptedMailServer server;
    private Channel channel;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedMailServer();
        channel = channel(DEADLINE);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void oneThatSaysNothingIsGivenUpAndInDoubtOnlyOnceItHasTheMail(Step step) {
        server.ill(step, Illness.STALLS);
        Delivery.Failed failed = failed(send(channel));
        assertThat(failed.error()).startsWith("mail server");
        assertThat(failed.inDoubt()).isEqualTo(step == Step.BODY);
        assertThat(failed.isFinal()).isFalse();
        assertThat(failed.itself()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void oneThatHangsUpIsTriedAgain(Step step) {
        server.ill(step, Illness.HANGS_UP);
        Delivery.Failed failed = failed(send(channel(SOON)));
        assertThat(failed.inDoubt()).isEqualTo(step == Step.BODY);
        assertThat(failed.isFinal()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void oneThatBabblesIsTriedAgain(Step step) {
        server.ill(step, Illness.BABBLES);
        assertThat(failed(send(channel)).isFinal()).isFalse();
    }

    /** Each byte in time: only to close the connection under it frees the thread. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void oneThatDripsHoldsNoThreadLongerThanTheDeadline(Step step) throws InterruptedException {
        server.ill(step, Illness.DRIPS);
        // more than there are threads
        List<Delivery> all =
                get(Flux.range(0, 5).concatMap(_ -> channel.send(notice(), mail())).collectList());
        assertThat(all).hasSize(5).allMatch(one -> one instanceof Delivery.Failed);
        server.ill(null, Illness.DRIPS);
        assertThat(send(channel(SOON))).isEqualTo(new Delivery.Sent());
        assertThat(get(untilSent())).isEqualTo(new Delivery.Sent());
        assertThat(server.mails.poll(SOON.toSeconds(), TimeUnit.SECONDS))
                .contains("Message-ID: <n-1@cctv-out>");
    }

    /**
     * The short deadline may pass on a busy machine; a thread that is held would fail every one.
     */
    private Mono<Delivery> untilSent() {
        return Mono.defer(() -> channel.send(notice(), mail()))
                .repeat()
                .filter(one -> one instanceof Delivery.Sent)
                .next();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT,550 no such user,true,true",
        "RCPT,450 come back later,false,true",
        "MAIL,451 busy,false,false",
        "MAIL,550 not you,false,false",
        "BODY,552 too much,false,false",
        "BODY,451 out of space,false,false",
        "GREETING,421 not now,false,false"
    })
    void whoIsRefusedAloneStopsNoOther(Step step, String answer, boolean last, boolean itself) {
        server.answers.put(step, answer);
        Delivery.Failed failed = failed(send(channel(SOON)));
        assertThat(failed.isFinal()).isEqualTo(last);
        assertThat(failed.itself()).isEqualTo(itself);
        assertThat(failed.inDoubt()).isFalse();
        assertThat(failed.error()).doesNotContain("user", "busy", "later", "space");
    }

    /** Its own fault, not the server's: others are not left alone for it. */
    @Test
    void addressThatIsNoneStopsNoOther() {
        Delivery.Failed failed = failed(send(channel(SOON), "noc@example..com"));
        assertThat(failed.itself()).isTrue();
        assertThat(failed.isFinal()).isTrue();
    }

    @Test
    void hostIsNamedAsMailServersTakeIt() throws InterruptedException {
        assertThat(send(channel(SOON), "noc@관제.한국")).isEqualTo(new Delivery.Sent());
        assertThat(server.mails.poll(SOON.toSeconds(), TimeUnit.SECONDS))
                .contains("RCPT TO:<noc@xn--zb0b372c.xn--3e0b707e>");
    }

    @Test
    void whereNobodyListensNothingIsInDoubt() throws IOException {
        server.close();
        assertThat(failed(send(channel(SOON))).inDoubt()).isFalse();
    }

    /** To whom the mail was handed, goodbye or not. */
    @Test
    void goodbyeThatIsNotSaidChangesNothing() throws InterruptedException {
        assertThat(send(channel(SOON))).isEqualTo(new Delivery.Sent());
        assertThat(server.mails.poll(SOON.toSeconds(), TimeUnit.SECONDS)).contains("a text");
        assertThat(server.mails).isEmpty();
    }

    private static Delivery.Failed failed(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Failed.class);
        return (Delivery.Failed) delivery;
    }

    private static Delivery send(Channel channel) {
        return send(channel, "noc@example.com");
    }

    private static Delivery send(Channel channel, String to) {
        return get(channel.send(notice(), new RecipientChannel.Email(to)));
    }

    private static <T> T get(Mono<T> work) {
        AtomicReference<T> got = new AtomicReference<>();
        StepVerifier.create(work).consumeNextWith(got::set).expectComplete().verify(SOON);
        return Objects.requireNonNull(got.get());
    }

    private Channel channel(Duration deadline) {
        return new MailChannel(
                new ChannelSettings.Email(
                        "127.0.0.1",
                        server.port(),
                        null,
                        null,
                        "cctv@example.com",
                        ChannelSettings.Tls.NONE,
                        1,
                        10),
                deadline,
                InstantSource.system());
    }

    private static RecipientChannel mail() {
        return new RecipientChannel.Email("noc@example.com");
    }

    static Notice notice() {
        return Notice.owed(
                new Notification(
                        "n-1",
                        "i-1",
                        null,
                        "C-1",
                        "noc",
                        "email",
                        NotificationEvent.OPENED,
                        NotificationStatus.CREATED,
                        0,
                        null,
                        null,
                        Instant.EPOCH,
                        null,
                        null,
                        "",
                        "a text"),
                "email",
                "{}");
    }
}
