package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * No text of one line takes a line's end: what is said of it in a header, a log, a mail or a CSV
 * stays in its line.
 */
@WholeApplication
class LineBreaksTest {

    private static final List<String> BREAKS =
            List.of(
                    "a\\r\\nb",
                    "a\\nb",
                    "a\\rb",
                    "a\\u0000b",
                    "a\\u0085b",
                    "a\\u2028b",
                    "a\\u001bb");

    @LocalServerPort private int port;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/cameras|id|{'id':'?','ip':'10.0.0.1'}",
                "/api/cameras|name|{'id':'lb','ip':'10.0.0.1','name':'?'}",
                "/api/cameras|address|{'id':'lb','ip':'10.0.0.1','address':'?'}",
                "/api/cameras|ip|{'id':'lb','ip':'?'}",
                "/api/cameras|hlsUrl|{'id':'lb','hlsUrl':'http://10.0.0.1/?'}",
                "/api/cameras|line|{'id':'lb','ip':'10.0.0.1','line':'?'}",
                "/api/cameras|site|{'id':'lb','ip':'10.0.0.1','site':'?'}",
                "/api/cameras|district|{'id':'lb','ip':'10.0.0.1','district':'?'}",
                "/api/cameras|vendor|{'id':'lb','ip':'10.0.0.1','vendor':'?'}",
                "/api/cameras|interval|{'id':'lb','ip':'10.0.0.1','interval':'?'}",
                "/api/recipients|id|{'id':'?','role':'CONTROL_ROOM'}",
                "/api/recipients|name|{'id':'lb','role':'CONTROL_ROOM','name':'?'}",
                "/api/recipients|lines[0]|{'id':'lb','role':'LINE_OPERATOR','lines':['?']}",
                "/api/recipients|vendors[0]|{'id':'lb','role':'CAMERA_VENDOR','vendors':['?']}",
                "/api/recipients|districts[0]|{'id':'lb','role':'CONTROL_ROOM','districts':['?']}",
                "/api/recipients|channels[0].url|{'id':'lb','role':'CONTROL_ROOM','channels':[{'type':'webhook','url':'http://10.0.0.1/?'}]}",
                "/api/recipients|channels[0].url|{'id':'lb','role':'CONTROL_ROOM','channels':[{'type':'slack','url':'http://10.0.0.1/?'}]}",
                "/api/policies|id|{'id':'?','name':'x'}",
                "/api/policies|name|{'id':'lb','name':'?'}",
                "/api/maintenance-windows|id|{'id':'?','name':'x','scope':{'everything':true},'startsAt':'2099-01-01T00:00:00Z','endsAt':'2099-01-02T00:00:00Z'}",
                "/api/maintenance-windows|name|{'name':'?','scope':{'everything':true},'startsAt':'2099-01-01T00:00:00Z','endsAt':'2099-01-02T00:00:00Z'}",
                "/api/maintenance-windows|scope.lines[0]|{'name':'x','scope':{'lines':['?']},'startsAt':'2099-01-01T00:00:00Z','endsAt':'2099-01-02T00:00:00Z'}",
                "/api/users|name|{'name':'?','role':'VIEWER','password':'a long password'}",
                "/api/tokens|name|{'name':'?'}"
            })
    void aLineBreakIsRefusedByTheFieldsName(String path, String field, String body) {
        for (String broken : BREAKS) {
            admin().post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body.replace('\'', '"').replace("?", broken))
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(field);
        }
    }

    /** As a quoted cell may hold one. */
    @Test
    void aTablesCellsAreHeldToTheSame() {
        for (String column :
                List.of("id", "name", "address", "ip", "line", "site", "district", "vendor")) {
            String header = "id,ip,note\n".replace("note", column.length() > 2 ? column : "x");
            String row =
                    switch (column) {
                        case "id" -> "\"lb\r\n1\",10.0.0.1,y\n";
                        case "ip" -> "lb1,\"10.0.0.1\r\nX: y\",y\n";
                        default -> "lb1,10.0.0.1,\"a\r\nb\"\n";
                    };
            admin().post()
                    .uri("/api/cameras/import?dryRun=true")
                    .contentType(MediaType.valueOf("text/csv"))
                    .bodyValue((header + row).getBytes(StandardCharsets.UTF_8))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.rejected")
                    .isEqualTo(1)
                    .jsonPath("$.errors[0].column")
                    .isEqualTo(column);
        }
    }

    @Test
    void whatACallerWritesIsNoHeaderOfTheAnswer() {
        for (String text :
                List.of(
                        "a%0d%0aX-Forged:%20yes",
                        "%0d%0a%0d%0a%3Cscript%3E", "a%0aSet-Cookie:%20a=b")) {
            for (String path :
                    List.of("/api/cameras/", "/api/issues/", "/api/reports/availability?by=")) {
                var answer =
                        admin().get()
                                .uri(java.net.URI.create("http://localhost:" + port + path + text))
                                .exchange()
                                .expectStatus()
                                .is4xxClientError()
                                .expectHeader()
                                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                                .expectBody()
                                .returnResult();
                assertThat(answer.getResponseHeaders().headerNames())
                        .doesNotContain("X-Forged", HttpHeaders.SET_COOKIE);
            }
        }
    }

    private WebTestClient admin() {
        return ApiClient.admin(port);
    }
}
