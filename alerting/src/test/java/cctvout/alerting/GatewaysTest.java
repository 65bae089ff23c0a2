package cctvout.alerting;

import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;
import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.ChannelSettings;
import cctvout.notification.Notification;
import cctvout.recipient.RecipientChannel;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** E-mail and HTTP gateways, from the transition to a real server. */
class GatewaysTest {

    @Test
    void textMessageGoesThroughTheGatewayAsItsTemplateSays() throws Exception {
        try (Receiver gateway = new Receiver();
                Bench bench = bench(null, gateway)) {
            bench.recipient(
                    "line-17",
                    LINE_OPERATOR,
                    List.of("L-17"),
                    new RecipientChannel.Sms("010-1234-5678"));
            bench.camera("C-1", "L-17", "한빛");
            bench.start();
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            Receiver.Hook hook = gateway.next();
            assertThat(hook.path()).isEqualTo("/send");
            assertThat(hook.header("X-Key")).isEqualTo("geheim");
            assertThat(hook.text("phone")).isEqualTo("010-1234-5678");
            assertThat(hook.text("msg")).startsWith("[회선 장애] 터미널 앞 (C-1) 핑 4/4 무응답, 영상: 연결 시간 초과.");
            Notification sent = bench.until(all -> all.getFirst().status() == SENT).getFirst();
            assertThat(hook.header("Webhook-Id")).isEqualTo(sent.id());
        }
    }

    @Test
    void mailArrivesWithTheNoticesIdAndItsTextInUtf8() throws Exception {
        try (Smtp smtp = new Smtp(250);
                Receiver gateway = new Receiver();
                Bench bench = bench(smtp, gateway)) {
            bench.recipient(
                    "line-17",
                    LINE_OPERATOR,
                    List.of("L-17"),
                    new RecipientChannel.Email("noc@example.com"));
            bench.camera("C-1", "L-17", "한빛");
            bench.start();
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            String mail = smtp.next();
            Notification sent = bench.until(all -> all.getFirst().status() == SENT).getFirst();
            assertThat(mail)
                    .contains("RCPT TO:<noc@example.com>", "MAIL FROM:<cctv@example.com>")
                    .contains("Message-ID: <" + sent.id() + "@cctv-out>")
                    .contains("Subject: =?UTF-8?");
        }
    }

    @Test
    void addressThatTheMailServerRefusesForGoodIsFailedAndGoesToTheControlRoom() throws Exception {
        try (Smtp smtp = new Smtp(550);
                Receiver gateway = new Receiver();
                Bench bench = bench(smtp, gateway)) {
            bench.recipient(
                    "line-17",
                    LINE_OPERATOR,
                    List.of("L-17"),
                    new RecipientChannel.Email("gone@example.com"));
            bench.camera("C-1", "L-17", "한빛");
            bench.start();
            bench.turns("C-1", HEALTHY, LINE_FAULT);
            List<Notification> all =
                    bench.until(found -> found.size() == 2 && found.getLast().status() == FAILED);
            assertThat(all.getLast().attempts()).isEqualTo(1);
            assertThat(all.getLast().lastError()).isEqualTo("mail server refused the mail 550");
            assertThat(all.getFirst().recipientId()).isEqualTo("control-room");
            assertThat(all.getFirst().text())
                    .startsWith("[전달 실패] line-17 · 전자우편: 메일 서버가 메일을 거절함(550)\n");
        }
    }

    private static Bench bench(@org.jspecify.annotations.Nullable Smtp smtp, Receiver gateway) {
        return new Bench(
                BenchSettings.USUAL.with(
                        new ChannelSettings(
                                smtp == null
                                        ? null
                                        : new ChannelSettings.Email(
                                                "127.0.0.1",
                                                smtp.port(),
                                                null,
                                                null,
                                                "cctv@example.com",
                                                ChannelSettings.Tls.NONE,
                                                2,
                                                10),
                                new ChannelSettings.Gateway(
                                        gateway.url("/send"),
                                        "POST",
                                        "application/json",
                                        Map.of("X-Key", "geheim"),
                                        "{\"phone\":\"{to}\",\"msg\":\"{text}\"}",
                                        null,
                                        ChannelSettings.Gateway.SAYS_NO),
                                null,
                                null)));
    }

    /** As much of RFC 5321 as one mail needs. */
    private static final class Smtp implements AutoCloseable {
        private final ServerSocket server;
        private final int answerToRecipient;
        private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

        Smtp(int answerToRecipient) throws IOException {
            this.answerToRecipient = answerToRecipient;
            server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return server.getLocalPort();
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(mails.poll(20, TimeUnit.SECONDS), "no mail within 20 s");
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    talk(client);
                } catch (IOException ended) {
                    if (!server.isClosed()) {
                        throw new UncheckedIOException(ended);
                    }
                }
            }
        }

        private void talk(Socket client) throws IOException {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            boolean data = false;
            say(client, "220 test");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.append(line).append('\n');
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        mails.add(said.toString());
                        say(client, "250 ok");
                    }
                } else if (line.equals("DATA")) {
                    data = true;
                    say(client, "354 go on");
                } else if (line.equals("QUIT")) {
                    say(client, "221 bye");
                    return;
                } else {
                    say(client, line.startsWith("RCPT") ? answerToRecipient + " so" : "250 ok");
                }
            }
        }

        private static void say(Socket client, String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
