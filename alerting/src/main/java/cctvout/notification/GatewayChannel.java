package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.recipient.RecipientChannel;
import cctvout.template.Message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;

import reactor.core.publisher.Mono;

import java.util.Map;

/** A text message or a KakaoTalk message, through whatever HTTP gateway the operator has. */
final class GatewayChannel implements Channel {

    private final String type;
    private final ChannelSettings.Gateway gateway;
    private final OutgoingHttp http;
    private final GatewayAnswer answer;

    GatewayChannel(String type, ChannelSettings.Gateway gateway, OutgoingHttp http) {
        this.type = type;
        this.gateway = gateway;
        this.http = http;
        this.answer = new GatewayAnswer(gateway.accepted(), gateway.refused());
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String endpoint(RecipientChannel address) {
        return type;
    }

    private static String text(Notice notice) {
        String brief = Message.briefIn(notice.content());
        return brief == null ? notice.notification().text() : brief;
    }

    @Override
    public Mono<Delivery> send(Notice notice, RecipientChannel address) {
        String to =
                switch (address) {
                    case RecipientChannel.Sms(var number) -> number;
                    case RecipientChannel.Kakao(var number) -> number;
                    default -> null;
                };
        if (to == null) {
            return Mono.just(new Failed(FailureCause.Code.NO_NUMBER, false, true));
        }
        Map<String, String> fields =
                Map.of(
                        "to", to,
                        "text", text(notice),
                        "id", notice.id(),
                        "event", notice.notification().event().name());
        boolean bodiless = gateway.method().equals("GET");
        byte[] body =
                bodiless
                        ? new byte[0]
                        : GatewayTemplate.body(
                                gateway.body(), gateway.contentType(), gateway.charset(), fields);
        return http.send(
                HttpMethod.valueOf(gateway.method()),
                GatewayTemplate.url(gateway.url(), gateway.charset(), fields),
                headers -> {
                    headers.set("Webhook-Id", notice.id());
                    if (!bodiless) {
                        headers.set(HttpHeaderNames.CONTENT_TYPE, gateway.contentType());
                        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                    }
                    Map<String, String> own = gateway.headers();
                    if (own != null) {
                        own.forEach(
                                (name, value) ->
                                        headers.set(name, GatewayTemplate.header(value, fields)));
                    }
                },
                body,
                answer::means);
    }
}
