package cctvout.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.network.AllowedNetworks;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

class CameraCheckTest {

    private final CameraCheck check = new CameraCheck(AllowedNetworks.standard());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cctv.example.kr/live/1/playlist.m3u8",
                "HTTPS://CCTV.example.kr:8443/한글/목록.m3u8?k=1",
                "http://192.168.0.10:1935/live.m3u8",
                "http://[2001:4860:4860::8888]/live.m3u8",
                "http://cam-1.example.kr./x"
            })
    void takesOrdinaryStreamUrls(String url) {
        assertThat(check.violations(withUrl(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.kr/x",
                "//example.kr/x",
                "example.kr/x",
                "http:///x",
                "http://",
                "http://user:secret@example.kr/x",
                "http://example.kr:0/x",
                "http://example.kr:99999/x",
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1/x",
                "http://127.0.0.1./x",
                "http://127.1/x",
                "http://2130706433/x",
                "http://0x7f.1/x",
                "http://0x7f000001/x",
                "http://017700000001/x",
                "http://0177.0.0.1/x",
                "http://127.0.0.01/x",
                "http://0/x",
                "http://localhost/x",
                "http://api.LOCALHOST./x",
                "http://[::1]/x",
                "http://[::ffff:169.254.169.254]/x",
                "http://[64:ff9b::7f00:1]/x",
                "http://[fe80::1%25eth0]/x",
                "http://224.0.0.1/x",
                "http://255.255.255.255/x",
                "http://example.kr\\@127.0.0.1/x",
                "http://exa mple.kr/x",
                "http://example.kr/\r\nHost: x",
                "javascript:alert(1)"
            })
    void refusesUrlsThatReachWhatIsNotAllowed(String url) {
        assertThat(check.violations(withUrl(url)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo("hlsUrl"));
    }

    @Test
    void whoHasNoSettingForItIsNotPointedToOne() {
        var asked = new CameraCheck(AllowedNetworks.everywhere(), "never");
        assertThat(asked.violations(withIp("224.0.0.1")))
                .extracting(Violation::reason)
                .containsExactly("never");
        assertThat(check.violations(withIp("224.0.0.1")).getFirst().reason())
                .contains("cctvout.probe.allowed-networks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "8.8.8.8", "fd00::1", "cam-1.example.kr"})
    void takesOrdinaryTargets(String ip) {
        assertThat(check.violations(withIp(ip))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "169.254.169.254",
                "::1",
                "1",
                "0x7f.1",
                "10.0.0.256",
                "10.0.0",
                "10.0.0.1:80",
                "http://10.0.0.1/",
                "fe80::1%lo",
                "-cam.kr",
                "a b",
                "10.0.0.1/8",
                "카메라"
            })
    void refusesTargetsThatAreNoneOrNotAllowed(String ip) {
        assertThat(check.violations(withIp(ip)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo("ip"));
    }

    @Test
    void takesASpecialRangeWhereItIsNamedButNeverMulticast() {
        var named =
                new CameraCheck(AllowedNetworks.of(List.of("private", "public", "127.0.0.0/8")));
        assertThat(named.violations(withUrl("http://127.3.4.5:18080/x.m3u8"))).isEmpty();
        assertThat(named.violations(withUrl("http://localhost/x.m3u8"))).isEmpty();
        assertThat(named.violations(withIp("224.0.0.1"))).hasSize(1);
        assertThat(named.violations(withIp("169.254.169.254"))).hasSize(1);
    }

    @Test
    void neverRepeatsAPasswordOfAUrl() {
        assertThat(check.violations(withUrl("http://user:secret@example.kr/x")).toString())
                .doesNotContain("secret");
    }

    @Test
    void namesEveryWrongFieldWithItsLimit() {
        var draft =
                new CameraDraft(
                        "a b",
                        "x".repeat(201),
                        "two\nlines",
                        90.5,
                        Double.NaN,
                        null,
                        null,
                        "x".repeat(101),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofMillis(999),
                        null,
                        null);
        assertThat(check.violations(draft))
                .extracting(Violation::field, Violation::reason)
                .containsExactly(
                        tuple(
                                "id",
                                "letters, digits and - _ . :, 1 to 64 characters,"
                                        + " neither . nor .."),
                        tuple("name", "at most 200 characters"),
                        tuple("address", "no control characters"),
                        tuple("latitude", "between -90 and 90"),
                        tuple("longitude", "between -180 and 180"),
                        tuple("ip", "ip or hlsUrl is required"),
                        tuple("line", "at most 100 characters"),
                        tuple("interval", "between 1s and 24h"));
    }

    @Test
    void readsShortAndIsoDurations() {
        assertThat(CameraInterval.parse("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(CameraInterval.parse("pt15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(CameraInterval.parse(" 1D ")).isEqualTo(Duration.ofDays(1));
        for (String bad : List.of("15", "", "m", "-5m", "PT", "P", "15 minutes", "PT-5M")) {
            assertThatThrownBy(() -> CameraInterval.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("such as 15m or PT15M");
        }
    }

    @Test
    void fillsADraftWithDefaults() {
        Camera camera = withIp(" 10.0.0.1 ").toCamera();
        assertThat(camera.ip()).isEqualTo("10.0.0.1");
        assertThat(camera.enabled()).isTrue();
        assertThat(camera.probes()).isEqualTo(Camera.Probes.BOTH);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static CameraDraft withUrl(String url) {
        return draft(null, url);
    }

    private static CameraDraft withIp(String ip) {
        return draft(ip, null);
    }

    private static CameraDraft draft(@Nullable String ip, @Nullable String url) {
        return new CameraDraft(
                "c1", null, null, null, null, ip, url, null, null, null, null, null, null, null,
                null, null);
    }
}
