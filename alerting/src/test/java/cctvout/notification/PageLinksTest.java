package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.Map;

class PageLinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"https://cctv.example", "https://cctv.example/", " https://cctv.example// "})
    void slashAtTheEndOfTheAddressDoesNotMatter(String address) {
        PageLinks links = settings(address).links();
        assertThat(links.issue("i-1")).isEqualTo("https://cctv.example/issues/i-1");
        assertThat(links.outage("o-1")).isEqualTo("https://cctv.example/outages/o-1");
        assertThat(links.issues()).isEqualTo("https://cctv.example/issues");
        assertThat(links.home()).isEqualTo("https://cctv.example/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.7:8080",
                "HTTPS://cctv.example/watch",
                "http://[fd00::7]:8080/a/b",
                "https://xn--3e0b707e.example"
            })
    void portAndPathMayBeNamed(String address) {
        assertThat(settings(address).links().issues()).isEqualTo(address + "/issues");
    }

    /** No id leads to another place than one below the page's address. */
    @Test
    void whatAnIdHoldsIsEncoded() {
        PageLinks links = PageLinks.to("https://cctv.example");
        assertThat(links.issue("장애 1/../x?y#z"))
                .isEqualTo("https://cctv.example/issues/%EC%9E%A5%EC%95%A0%201%2F..%2Fx%3Fy%23z");
    }

    @Test
    void withoutAnAddressNothingLeadsAnywhere() {
        for (PageLinks links : new PageLinks[] {PageLinks.to(null), settings(" ").links()}) {
            assertThat(links.issue("i-1") + links.outage("o-1") + links.issues() + links.home())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cctv.example",
                "//cctv.example",
                "ftp://cctv.example",
                "javascript:alert(1)",
                "https:cctv.example",
                "https:///issues",
                "https://admin:secret@cctv.example",
                "https://@cctv.example",
                "https://cctv.example?a=b",
                "https://cctv.example/?",
                "https://cctv.example/#top",
                "https://cctv.example:",
                "https://cctv.example:0",
                "https://cctv.example:65536",
                "https://cctv.example/a b",
                "https://cctv.example/{issue}",
                "https://cctv.example/a\nb"
            })
    void anythingElseIsRefusedByNameAndNotRepeated(String address) {
        assertThatThrownBy(() -> settings(address))
                .rootCause()
                .hasMessageContaining("is wanted")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> settings(address))
                .hasStackTraceContaining("cctvout.notification.public-url: http(s)://HOST");
    }

    @Test
    void addressHasALimit() {
        String longest = "https://cctv.example/";
        longest += "x".repeat(PageLinks.LONGEST - longest.length());
        assertThat(settings(longest).links().issues()).startsWith(longest);
        String longer = longest + "x";
        assertThatThrownBy(() -> settings(longer))
                .hasStackTraceContaining("cctvout.notification.public-url");
    }

    private static NotificationSettings settings(String address) {
        var source =
                new MapConfigurationPropertySource(
                        Map.of("cctvout.notification.public-url", address));
        return new Binder(source).bindOrCreate("cctvout.notification", NotificationSettings.class);
    }
}
