package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.recipient.RecipientChannel;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * SMTP. The library blocks: it runs on threads of its own, so many at most, with a timeout on each
 * step and a deadline over all.
 */
final class MailChannel implements Channel {

    private final ChannelSettings.Email settings;
    private final Duration deadline;
    private final InstantSource clock;
    private final Session session;
    private final Scheduler threads;

    MailChannel(ChannelSettings.Email settings, Duration deadline, InstantSource clock) {
        this.settings = settings;
        this.deadline = deadline;
        this.clock = clock;
        this.session = session(settings, deadline);
        this.threads =
                Schedulers.newBoundedElastic(
                        settings.parallelism(), settings.queue(), "mail", 60, true);
    }

    private static Session session(ChannelSettings.Email settings, Duration deadline) {
        Properties smtp = new Properties();
        String step = Long.toString(Math.max(50, deadline.toMillis() / 2));
        smtp.put("mail.transport.protocol", "smtp");
        smtp.put("mail.smtp.host", settings.host());
        smtp.put("mail.smtp.port", Integer.toString(settings.port()));
        smtp.put("mail.smtp.connectiontimeout", step);
        smtp.put("mail.smtp.timeout", step);
        smtp.put("mail.smtp.writetimeout", step);
        smtp.put("mail.smtp.auth", Boolean.toString(settings.username() != null));
        smtp.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.tls()) {
            case NONE -> {}
            case TLS -> smtp.put("mail.smtp.ssl.enable", "true");
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
        if (!(address instanceof RecipientChannel.Email(var to)) || to == null) {
            return Mono.just(new Failed("the recipient has no e-mail address", false, true));
        }
        return Mono.<Delivery>fromCallable(() -> sent(notice, to))
                .subscribeOn(threads)
                .timeout(deadline)
                .onErrorResume(failure -> Mono.just(failed(failure)));
    }

    private Delivery sent(Notice notice, String to) throws MessagingException {
        Transport.send(message(notice, to));
        return new Delivery.Sent();
    }

    private MimeMessage message(Notice notice, String to) throws MessagingException {
        String text = notice.notification().text();
        String utf8 = StandardCharsets.UTF_8.name();
        MimeMessage message =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", "<" + notice.id() + "@cctv-out>");
                    }
                };
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
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

    /** The server's own words may hold an address or a user's name: its code alone is told. */
    private Failed failed(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Failed("mail server: no answer within " + deadline, true, false);
        }
        if (failure instanceof RejectedExecutionException) {
            return Failed.refused("more waits than cctvout.notification.email.queue lets");
        }
        String name = failure.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        if (failure instanceof SendFailedException refused) {
            boolean gone = code(refused).startsWith("5");
            return new Failed(
                    ("mail server refused the mail " + code(refused)).strip(), false, gone);
        }
        if (name.contains("authentication")) {
            return Failed.refused("mail server refused the user name or password");
        }
        return new Failed("mail server not reached", true, false);
    }

    private static String code(@Nullable Exception refused) {
        for (Exception each = refused;
                each != null;
                each = each instanceof MessagingException more ? more.getNextException() : null) {
            if (each instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException bad) {
                return Integer.toString(bad.getReturnCode());
            }
        }
        return "";
    }
}
