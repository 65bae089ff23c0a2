package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAnswerTest {

    private static final String KEY = "key-of-the-gateway";

    private final GatewayAnswer standard = new GatewayAnswer(null, ChannelSettings.Gateway.SAYS_NO);
    private final GatewayAnswer strict =
            new GatewayAnswer("\"result_code\"\\s*:\\s*\"?1\\b", "\"error\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\": false, \"message\":\"no credit, " + KEY + "\"}",
                "{\"ok\":false}",
            })
    void statusThatSaysYesAndWordsThatSayNoAreANo(String body) {
        assertThat(standard.means(200, body))
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> {
                            assertThat(failed.error()).doesNotContain(KEY).contains("says no");
                            assertThat(failed.isFinal()).isFalse();
                            assertThat(failed.inDoubt()).isFalse();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OK", "{\"success\":true}", "{\"error\":null}", "<html>"})
    void statusIsEnoughWhereNothingElseIsSet(String body) {
        assertThat(standard.means(202, body)).isEqualTo(new Delivery.Sent());
    }

    @Test
    void wordsThatAreSetAreLookedFor() {
        assertThat(strict.means(200, "{\"result_code\": \"1\"}")).isEqualTo(new Delivery.Sent());
        assertThat(strict.means(200, "{\"result_code\": -101}"))
                .isInstanceOfSatisfying(
                        Delivery.Failed.class, failed -> assertThat(failed.inDoubt()).isTrue());
        assertThat(strict.means(200, "{\"result_code\": 1, \"error\": 7}"))
                .isInstanceOf(Delivery.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,true",
        "409,true",
        "422,true",
        "401,false",
        "403,false",
        "404,false",
        "429,false",
        "500,false",
        "503,false",
        "302,false"
    })
    void messageThatIsRefusedForItselfStopsNoOther(int status, boolean itself) {
        assertThat(standard.means(status, ""))
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.itself()).isEqualTo(itself));
    }
}
