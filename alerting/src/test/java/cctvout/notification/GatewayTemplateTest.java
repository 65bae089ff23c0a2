package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.rows.Rows;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.charset.Charset;
import java.util.Map;

class GatewayTemplateTest {

    private static final Map<String, String> FIELDS =
            Map.of(
                    "to", "010-1234-5678",
                    "text", "\"}, {\"to\":\"evil\r\n& {id} 한글",
                    "id", "n-1",
                    "event", "OPENED");

    @Test
    void textStaysInItsPlace() {
        String json = body("{\"to\":\"{to}\",\"msg\":\"{text}\"}", "application/json", UTF_8);
        JsonNode read = Rows.read(json, JsonNode.class);
        assertThat(read.path("to").asString()).isEqualTo("010-1234-5678");
        assertThat(read.path("msg").asString()).isEqualTo(FIELDS.get("text"));
        assertThat(body("to={to}&msg={text}", "application/x-www-form-urlencoded", UTF_8))
                .startsWith("to=010-1234-5678&msg=%22%7D%2C")
                .contains("%0D%0A%26%20%7Bid%7D%20%ED%95%9C");
        assertThat(GatewayTemplate.url("http://g.example/{to}?t={text}", UTF_8, FIELDS))
                .doesNotContain("\r", "\n", " ", "\"");
        assertThat(GatewayTemplate.header("x {text}", FIELDS)).doesNotContain("\r", "\n");
    }

    @Test
    void textIsInTheCharsetThatTheGatewayReads() {
        ChannelSettings.Gateway gateway = gateway("text/plain; charset=EUC-KR");
        Charset korean = gateway.charset();
        assertThat(GatewayTemplate.url("http://g.example/?t={text}", korean, Map.of("text", "장애")))
                .endsWith("t=%C0%E5%BE%D6");
        assertThat(GatewayTemplate.body("{text}", "text/plain", korean, Map.of("text", "똠방 장애")))
                .isEqualTo("똠방 장애".getBytes(Charset.forName("MS949")));
        assertThat(gateway("application/json").charset()).isEqualTo(UTF_8);
        assertThatThrownBy(() -> gateway("text/plain; charset=klingon"))
                .hasMessageContaining(".content-type");
    }

    private static String body(String template, String type, Charset charset) {
        return new String(GatewayTemplate.body(template, type, charset, FIELDS), charset);
    }

    private static ChannelSettings.Gateway gateway(String type) {
        return new ChannelSettings.Gateway(
                "http://g.example/", "POST", type, null, "{text}", null, "");
    }

    @Test
    void gatewaysHostIsFixedAndItsSecretsAreNotShown() {
        for (String url : new String[] {"http://{to}/", "ftp://a/", "http://u:p@a/", "nothing"}) {
            assertThatThrownBy(
                            () ->
                                    new ChannelSettings.Gateway(
                                            url,
                                            "POST",
                                            "application/json",
                                            null,
                                            "{text}",
                                            null,
                                            ""))
                    .hasMessageContaining(".url")
                    .hasMessageNotContaining(url);
        }
        assertThat(
                        new ChannelSettings.Gateway(
                                        "http://g.example/key-1",
                                        "post",
                                        "application/json",
                                        Map.of("Authorization", "key-2"),
                                        "{text}",
                                        null,
                                        "")
                                .toString())
                .doesNotContain("key");
    }

    @Test
    void subjectIsOneLine() {
        assertThat(MailChannel.subject("[장애] a\u000bBcc: x\nsecond")).isEqualTo("[장애] a Bcc: x");
    }
}
