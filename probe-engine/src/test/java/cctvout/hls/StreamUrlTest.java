package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host/a+b/c=d%2Fe/==/x.m3u8?t=a+b/c=&u=%ea",
                "https://host:8443/",
                "http://[2001:db8::1]:81/a",
                "http://host/a//b/./c",
                "http://h_1.example.kr/a|b[1]{2}"
            })
    void pathStaysAsItWasWritten(String url) {
        assertThat(StreamUrl.parse(url)).hasToString(url);
    }

    @Test
    void partsAreTakenApart() {
        StreamUrl url = StreamUrl.parse(" HTTPS://Cam.Example.KR:443/a?b=c#d ");

        assertThat(url).isEqualTo(new StreamUrl(true, "cam.example.kr", 443, "/a?b=c"));
        assertThat(url.authority()).isEqualTo("cam.example.kr");
        assertThat(StreamUrl.parse("http://h")).isEqualTo(new StreamUrl(false, "h", 80, "/"));
        assertThat(StreamUrl.parse("http://h?q").path()).isEqualTo("/?q");
        assertThat(StreamUrl.parse("http://[::1]/").host()).isEqualTo("::1");
    }

    @Test
    void whatCannotStandInARequestLineIsEncoded() {
        assertThat(StreamUrl.parse("http://h/천 1.ts\r\nX: y").path())
                .isEqualTo("/%EC%B2%9C%201.ts%0D%0AX:%20y");
        assertThat(StreamUrl.parse("http://천안.kr/").host()).isEqualTo("xn--le5b17k.kr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/path",
                "file:///etc/passwd",
                "rtsp://h/1",
                "http:/h",
                "http://",
                "http://user@h/",
                "http://user:pass@h/",
                "http://h:0/",
                "http://h:65536/",
                "http://h:8o/",
                "http://h:80:80/",
                "http://a b/",
                "http://h\\@evil/",
                "http://h%2f/",
                "http://[::1/",
                "http://[fe80::1%25eth0]/",
                "http://[1]/",
                "javascript:alert(1)"
            })
    void otherUrlsAreInvalid(String url) {
        assertThatThrownBy(() -> StreamUrl.parse(url))
                .isInstanceOfSatisfying(
                        StreamFault.class,
                        fault -> assertThat(fault.reason()).isEqualTo(HlsReason.INVALID_URL));
    }

    /** The examples of RFC 3986 section 5.4, as far as they are http. */
    @ParameterizedTest
    @CsvSource({
        "g, http://a/b/c/g",
        "./g, http://a/b/c/g",
        "g/, http://a/b/c/g/",
        "/g, http://a/g",
        "//g, http://g/",
        "?y, http://a/b/c/d;p?y",
        "g?y, http://a/b/c/g?y",
        "#s, http://a/b/c/d;p?q",
        "g#s, http://a/b/c/g",
        ";x, http://a/b/c/;x",
        "g;x?y#s, http://a/b/c/g;x?y",
        "'', http://a/b/c/d;p?q",
        "., http://a/b/c/",
        "./, http://a/b/c/",
        ".., http://a/b/",
        "../g, http://a/b/g",
        "../.., http://a/",
        "../../../g, http://a/g",
        "/./g, http://a/g",
        "/../g, http://a/g",
        "g., http://a/b/c/g.",
        "..g, http://a/b/c/..g",
        "./../g, http://a/b/g",
        "./g/., http://a/b/c/g/",
        "g/../h, http://a/b/c/h",
        "g?y/../x, http://a/b/c/g?y/../x"
    })
    void referencesAreResolved(String reference, String expected) {
        assertThat(StreamUrl.parse("http://a/b/c/d;p?q").resolve(reference)).hasToString(expected);
    }

    @Test
    void slashesInTheBaseQueryAreNoPath() {
        assertThat(StreamUrl.parse("http://h/live/a.m3u8?t=x/y/z").resolve("s.ts"))
                .hasToString("http://h/live/s.ts");
    }
}
