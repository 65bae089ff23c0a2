package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.recipient.RecipientChannel;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.IDN;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SMTP. The library blocks: it runs on threads of its own, so many at most, with a timeout on each
 * step and a deadline over all, at which its connection is closed under it.
 */
final class MailChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);

    private final ChannelSettings.Email settings;
    private final Duration deadline;
    private final InstantSource clock;
    private final Session session;
    private final Scheduler threads;

    MailChannel(ChannelSettings.Email settings, Duration deadline, InstantSource clock) {
        this.settings = settings;
        this.deadline = deadline;
        this.clock = clock;
        this.session = session(settings);
        this.threads =
                Schedulers.newBoundedElastic(
                        settings.parallelism(), settings.queue(), "mail", 60, true);
    }

    private static int step(Duration deadline) {
        return (int) Math.max(50, deadline.toMillis() / 2);
    }

    private static Session session(ChannelSettings.Email settings) {
        Properties smtp = new Properties();
        smtp.put("mail.transport.protocol", "smtp");
        smtp.put("mail.smtp.host", settings.host());
        smtp.put("mail.smtp.port", Integer.toString(settings.port()));
        smtp.put("mail.smtp.quitwait", "false");
        smtp.put("mail.smtp.auth", Boolean.toString(settings.username() != null));
        smtp.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.tls()) {
            case NONE, TLS -> {}
            case STARTTLS -> {
                smtp.put("mail.smtp.starttls.enable", "true");
                smtp.put("mail.smtp.starttls.required", "true");
            }
        }
        return Session.getInstance(
                smtp,
                new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(settings.username(), settings.password());
                    }
                });
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public String endpoint(RecipientChannel address) {
        return type();
    }

    @Override
    public Mono<Delivery> send(Notice notice, RecipientChannel address) {
        InternetAddress to =
                address instanceof RecipientChannel.Email(var given) ? to(given) : null;
        if (to == null) {
            return Mono.just(new Failed(FailureCause.Code.NO_MAIL_ADDRESS, false, true));
        }
        return Mono.defer(
                () -> {
                    MailConnection connection = new MailConnection(settings, step(deadline));
                    AtomicBoolean handedOver = new AtomicBoolean();
                    return Mono.fromCallable(() -> tried(connection, notice, to, handedOver))
                            .subscribeOn(threads)
                            .timeout(deadline)
                            .doFinally(_ -> connection.close())
                            .onErrorResume(failure -> Mono.just(failed(failure, handedOver)));
                });
    }

    /** With the name of its host as mail servers take it; null where it is none. */
    private static @Nullable InternetAddress to(@Nullable String given) {
        try {
            int at = given == null ? -1 : given.lastIndexOf('@');
            return given == null
                    ? null
                    : new InternetAddress(
                            given.substring(0, at + 1) + IDN.toASCII(given.substring(at + 1)),
                            true);
        } catch (AddressException | IllegalArgumentException none) {
            return null;
        }
    }

    /** A value whatever happens: nobody listens any more once the deadline is over. */
    private Delivery tried(
            MailConnection connection,
            Notice notice,
            InternetAddress to,
            AtomicBoolean handedOver) {
        try {
            return sent(connection, message(notice, to, handedOver));
        } catch (MessagingException | IOException | RuntimeException failure) {
            return MailTrouble.of(failure, handedOver.get());
        }
    }

    private Delivery sent(MailConnection connection, MimeMessage message)
            throws MessagingException, IOException {
        message.saveChanges();
        SMTPTransport transport = new SMTPTransport(session, null);
        try (Socket socket = connection.open()) {
            transport.connect(socket);
            transport.sendMessage(message, message.getAllRecipients());
            goodbye(transport);
        }
        return new Delivery.Sent();
    }

    /** The mail is taken: whether the server says goodbye changes nothing. */
    private static void goodbye(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException rude) {
            LOG.debug("no goodbye", rude);
        }
    }

    private MimeMessage message(Notice notice, InternetAddress to, AtomicBoolean handedOver)
            throws MessagingException {
        String text = notice.notification().text();
        String utf8 = StandardCharsets.UTF_8.name();
        MimeMessage message =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", "<" + notice.id() + "@cctv-out>");
                    }

                    @Override
                    public void writeTo(OutputStream out, String[] ignored)
                            throws IOException, MessagingException {
                        handedOver.set(true);
                        super.writeTo(out, ignored);
                    }
                };
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipient(Message.RecipientType.TO, to);
        String subject = cctvout.template.Message.subjectIn(notice.content());
        message.setSubject(subject(subject == null ? text : subject), utf8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Webhook-Id", notice.id());
        message.setText(text, utf8);
        return message;
    }

    /** The first line, without anything that could begin a header of its own. */
    static String subject(String text) {
        String first = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}+", " ").strip();
        return first.length() > 150 ? first.substring(0, 150) : first;
    }

    private Failed failed(Throwable failure, AtomicBoolean handedOver) {
        return failure instanceof RejectedExecutionException
                ? Failed.refused(FailureCause.of(FailureCause.Code.MAIL_QUEUE_FULL))
                : new Failed(
                        FailureCause.of(FailureCause.Code.MAIL_NO_ANSWER, deadline),
                        handedOver.get(),
                        false);
    }
}
