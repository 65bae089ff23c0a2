package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.recipient.RecipientChannel;
import cctvout.rows.Rows;

import io.netty.handler.codec.http.HttpHeaderNames;

import reactor.core.publisher.Mono;

import java.util.Map;

/** POST of the text to a Slack incoming webhook. */
final class SlackChannel implements Channel {

    private final OutgoingHttp http;

    SlackChannel(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String type() {
        return "slack";
    }

    @Override
    public String endpoint(RecipientChannel address) {
        return type()
                + " "
                + (address instanceof RecipientChannel.Slack slack && slack.url() != null
                        ? slack.url().reveal()
                        : "");
    }

    @Override
    public Mono<Delivery> send(Notice notice, RecipientChannel address) {
        if (!(address instanceof RecipientChannel.Slack slack) || slack.url() == null) {
            return Mono.just(new Failed(FailureCause.Code.NO_SLACK_HOOK, false, true));
        }
        String url = slack.url().reveal();
        byte[] body =
                OutgoingHttp.utf8(Rows.json(Map.of("text", escaped(notice.notification().text()))));
        return http.post(
                url,
                headers -> {
                    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                    headers.set("Webhook-Id", notice.id());
                },
                body,
                (status, said) -> refused(url, status, said));
    }

    /** Slack says why in one word, such as {@code channel_not_found}. */
    private static Failed refused(String url, int status, String said) {
        String word = said.strip();
        boolean shown = word.matches("[a-z_]{1,40}") && !url.contains(word);
        return Failed.refused(
                FailureCause.of(FailureCause.Code.HTTP_STATUS, status + (shown ? " " + word : "")));
    }

    /** A camera's name is no markup: no mention of a channel comes of it. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
