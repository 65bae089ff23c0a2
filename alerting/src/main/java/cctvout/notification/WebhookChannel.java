package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.recipient.RecipientChannel;
import cctvout.rows.Rows;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** POST of the notification with its issue and camera, signed as Standard Webhooks are. */
final class WebhookChannel implements Channel {

    /** Of a digest: the notices that it carries; of an alarm: itself; of an outage: itself. */
    private static final List<String> MORE = List.of("notices", "alarm", "outage");

    private final OutgoingHttp http;
    private final InstantSource clock;

    WebhookChannel(OutgoingHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public String endpoint(RecipientChannel address) {
        return type() + " " + (address instanceof RecipientChannel.Webhook hook ? hook.url() : "");
    }

    @Override
    public Mono<Delivery> send(Notice notice, RecipientChannel address) {
        if (!(address instanceof RecipientChannel.Webhook webhook) || webhook.url() == null) {
            return Mono.just(new Failed(FailureCause.Code.NO_WEBHOOK, false, true));
        }
        String url = webhook.url();
        return Mono.defer(
                () -> {
                    byte[] body = OutgoingHttp.utf8(body(notice));
                    return http.post(
                            url,
                            headers(notice, webhook, body),
                            body,
                            (status, _) -> Failed.refused(FailureCause.http(status)));
                });
    }

    private Consumer<HttpHeaders> headers(
            Notice notice, RecipientChannel.Webhook webhook, byte[] body) {
        Instant now = clock.instant();
        return headers -> {
            headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            headers.set(HttpHeaderNames.USER_AGENT, "cctv-out");
            headers.set("Webhook-Id", notice.id());
            headers.set("Webhook-Timestamp", Long.toString(now.getEpochSecond()));
            if (webhook.secret() != null) {
                headers.set(
                        "Webhook-Signature",
                        WebhookSignature.of(webhook.secret().reveal(), notice.id(), now, body));
            }
        };
    }

    static String body(Notice notice) {
        ObjectNode body = Rows.tree(notice.notification());
        JsonNode content = Rows.read(notice.content(), JsonNode.class);
        body.set("issue", content.path("issue"));
        body.set("camera", content.path("camera"));
        for (String more : MORE) {
            if (content.has(more)) {
                body.set(more, content.path(more));
            }
        }
        return Rows.json(body);
    }
}
