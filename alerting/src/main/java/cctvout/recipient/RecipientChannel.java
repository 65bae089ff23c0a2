package cctvout.recipient;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One way to reach a recipient. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecipientChannel.Webhook.class, name = "webhook"),
    @JsonSubTypes.Type(value = RecipientChannel.Slack.class, name = "slack"),
    @JsonSubTypes.Type(value = RecipientChannel.Email.class, name = "email"),
    @JsonSubTypes.Type(value = RecipientChannel.Sms.class, name = "sms"),
    @JsonSubTypes.Type(value = RecipientChannel.Kakao.class, name = "kakao"),
    @JsonSubTypes.Type(value = RecipientChannel.Inbox.class, name = "inbox")
})
public sealed interface RecipientChannel {

    /** All there are, as {@link #type} names them. */
    List<String> TYPES = List.of("webhook", "slack", "email", "sms", "kakao", "inbox");

    /** As the contract writes it. */
    @JsonIgnore
    String type();

    /**
     * @param secret signs what is sent; {@code whsec_} and Base64, or any text
     */
    record Webhook(@Nullable String url, @Nullable Secret secret) implements RecipientChannel {
        @Override
        public String type() {
            return "webhook";
        }
    }

    /**
     * @param url of an incoming webhook: whoever knows it may write, so it is a secret
     */
    record Slack(@Nullable Secret url) implements RecipientChannel {
        @Override
        public String type() {
            return "slack";
        }
    }

    record Email(@Nullable String to) implements RecipientChannel {
        @Override
        public String type() {
            return "email";
        }
    }

    record Sms(@Nullable String to) implements RecipientChannel {
        @Override
        public String type() {
            return "sms";
        }
    }

    record Kakao(@Nullable String to) implements RecipientChannel {
        @Override
        public String type() {
            return "kakao";
        }
    }

    /** The notices lie in CCTV Out itself until they are read. */
    record Inbox() implements RecipientChannel {
        @Override
        public String type() {
            return "inbox";
        }
    }
}
