package cctvout.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.network.AllowedNetworks;
import cctvout.record.InvalidRecordException;
import cctvout.record.Violation;
import cctvout.rows.Rows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class RecipientRulesTest {

    private final RecipientRules rules =
            new RecipientRules(
                    AllowedNetworks.standard(),
                    Map.of(
                            "email", "a.host",
                            "sms", "a.url",
                            "kakao", "a.url"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file:///etc/passwd               | http or https only
                    ftp://example.com/               | http or https only
                    http://169.254.169.254/latest    | special range
                    http://127.0.0.1:9000/hook       | special range
                    http://localhost/hook            | special range
                    http://[::1]/hook                | special range
                    http://[::ffff:169.254.169.254]/ | special range
                    http://2130706433/               | special range
                    http://0x7f000001/               | not an address
                    http://user:pass@example.com/    | user name or password
                    http:///hook                     | no host
                    not a url                        | not a URL
                    """)
    void badUrlIsRefusedWithItsField(String url, String reason) {
        assertThatThrownBy(() -> rules.check(with(new RecipientChannel.Webhook(url, null))))
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        invalid -> {
                            Violation only = invalid.violations().getFirst();
                            assertThat(only.field()).isEqualTo("channels[0].url");
                            assertThat(only.reason()).contains(reason);
                        });
    }

    @Test
    void namedRangeOpensAnAddress() {
        new RecipientRules(AllowedNetworks.of(List.of("private", "127.0.0.0/8")), Map.of())
                .check(with(new RecipientChannel.Webhook("http://127.0.0.1:9000/hook", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "sms", "kakao"})
    void channelThatIsNotSetUpIsRefusedAndTheSettingNamed(String type) {
        Recipient recipient =
                Rows.read(
                        """
                        {"id":"a","role":"CONTROL_ROOM","channels":[{"type":"%s","to":"x"}]}"""
                                .formatted(type),
                        Recipient.class);
        assertThatThrownBy(() -> rules.check(recipient))
                .hasMessageContaining(
                        "channels[0].type: " + type + " is not set up: the setting a.");
    }

    @ParameterizedTest
    @CsvSource({
        "email, a@b.example\\r\\nBcc: x@y.example",
        "email, nobody",
        "email, noc@city..kr",
        "email, noc.@city.kr",
        "email, noc@city.kr.",
        "email, noc@-city.kr",
        "sms, 010-1234-5678; rm",
        "kakao, ''"
    })
    void addressThatIsNoneIsRefused(String type, String to) {
        RecipientChannel channel =
                switch (type) {
                    case "email" -> new RecipientChannel.Email(to.translateEscapes());
                    case "sms" -> new RecipientChannel.Sms(to);
                    default -> new RecipientChannel.Kakao(to);
                };
        assertThatThrownBy(
                        () ->
                                new RecipientRules(AllowedNetworks.standard(), Map.of())
                                        .check(with(channel)))
                .hasMessageContaining("channels[0].to");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Recipient recipient =
                Rows.read(
                        """
                        {"id":"a b","role":"CAMERA_VENDOR","vendors":[" "],
                         "channels":[{"type":"slack"},
                           {"type":"webhook","url":"https://a.example/","secret":"whsec_%%%"}]}""",
                        Recipient.class);
        assertThatThrownBy(() -> rules.check(recipient))
                .isInstanceOfSatisfying(
                        InvalidRecordException.class,
                        invalid ->
                                assertThat(invalid.violations())
                                        .extracting(Violation::field)
                                        .containsExactly(
                                                "id",
                                                "name",
                                                "vendors[0]",
                                                "channels[0].url",
                                                "channels[1].secret"));
    }

    @Test
    void noPathWouldLeadToARecipientOfADotOrTwo() {
        for (String id : List.of(".", "..")) {
            assertThatThrownBy(() -> rules.check(with(new RecipientChannel.Inbox()).named(id)))
                    .hasMessageContaining("id");
        }
        rules.check(with(new RecipientChannel.Inbox()).named("..."));
    }

    @Test
    void jsonNeverShowsASecretAndGivesItBackAsItsMask() {
        Recipient given =
                Rows.read(
                        """
                        {"id":"v","role":"CAMERA_VENDOR","language":"en","channels":[
                          {"type":"webhook","url":"https://a.example/hook","secret":"s3cr3t"},
                          {"type":"slack","url":"https://hooks.slack.example/services/T0/B0/xyz"}]}""",
                        Recipient.class);
        String shown = Rows.json(given);
        assertThat(shown)
                .contains("https://a.example/hook", "\"secret\":\"********\"", "\"en\"")
                .doesNotContain("s3cr3t", "hooks.slack.example");
        assertThat(given.toString()).doesNotContain("s3cr3t", "hooks.slack");
        Recipient back = Rows.read(shown, Recipient.class);
        assertThat(KeptSecrets.of(back, given)).isEqualTo(given.channels());
        assertThat(StoredChannels.read(StoredChannels.write(given.channels())))
                .isEqualTo(given.channels());
    }

    private static Recipient with(RecipientChannel channel) {
        return new Recipient(
                "r",
                "r",
                RecipientRole.CONTROL_ROOM,
                Language.KO,
                List.of(),
                List.of(),
                List.of(),
                List.of(channel),
                true,
                1);
    }
}
