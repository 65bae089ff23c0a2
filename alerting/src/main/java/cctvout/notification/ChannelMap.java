package cctvout.notification;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The channels that there are, by type: what is set, and what needs no setting. */
final class ChannelMap {

    private ChannelMap() {}

    static Map<String, Channel> of(
            OutgoingHttp http,
            NotificationSettings settings,
            ChannelSettings outside,
            InstantSource clock) {
        Map<String, Channel> byType = new HashMap<>();
        put(byType, new WebhookChannel(http, clock));
        put(byType, new SlackChannel(http));
        put(byType, new InboxChannel());
        if (outside.email() != null) {
            put(byType, new MailChannel(outside.email(), settings.deadline(), clock));
        }
        if (outside.sms() != null) {
            put(byType, new GatewayChannel("sms", outside.sms(), http));
        }
        if (outside.kakao() != null) {
            put(byType, new GatewayChannel("kakao", outside.kakao(), http));
        }
        return byType;
    }

    private static void put(Map<String, Channel> byType, Channel channel) {
        byType.put(channel.type(), channel);
    }
}
