package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.WholeApplication;
import cctvout.network.AllowedNetworks;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;
import cctvout.recipient.RecipientRules;
import cctvout.record.InvalidRecordException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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

    /** What may be written in several lines: it is never a header, a name or a subject. */
    private static final Set<String> LINES =
            Set.of(
                    "issues details",
                    "issues text",
                    "maintenance-windows reason",
                    "templates body",
                    "templates short");

    /**
     * Secrets, which are shown nowhere; and whom a channel goes to, which has a test of its own.
     */
    private static final Set<String> NO_TEXT =
            Set.of(
                    "session current",
                    "session password",
                    "users password",
                    "recipients channels.secret",
                    "recipients channels.to",
                    // one of a few words
                    "recipients channels.type",
                    // the server's own, whatever is sent
                    "maintenance-windows createdBy");

    static Stream<Arguments> everyTextOfOneLine() {
        return parts().map(part -> Arguments.of(part[0], part[1], part[2]));
    }

    private static Stream<String[]> parts() {
        return ONE_LINE.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\|"));
    }

    /** Route, field and a body with a question mark where the line break goes. */
    private static final String ONE_LINE =
            """
            POST /api/cameras|id|{'id':'?','ip':'10.0.0.1'}
            POST /api/cameras|name|{'id':'lb','ip':'10.0.0.1','name':'?'}
            POST /api/cameras|address|{'id':'lb','ip':'10.0.0.1','address':'?'}
            POST /api/cameras|ip|{'id':'lb','ip':'?'}
            POST /api/cameras|hlsUrl|{'id':'lb','hlsUrl':'http://10.0.0.1/?'}
            POST /api/cameras|line|{'id':'lb','ip':'10.0.0.1','line':'?'}
            POST /api/cameras|site|{'id':'lb','ip':'10.0.0.1','site':'?'}
            POST /api/cameras|district|{'id':'lb','ip':'10.0.0.1','district':'?'}
            POST /api/cameras|vendor|{'id':'lb','ip':'10.0.0.1','vendor':'?'}
            POST /api/cameras|zone|{'id':'lb','ip':'10.0.0.1','zone':'?'}
            POST /api/cameras|interval|{'id':'lb','ip':'10.0.0.1','interval':'?'}
            POST /api/recipients|id|{'id':'?','role':'CONTROL_ROOM'}
            POST /api/recipients|name|{'id':'lb','role':'CONTROL_ROOM','name':'?'}
            POST /api/recipients|lines[0]|{'id':'lb','role':'LINE_OPERATOR','lines':['?']}
            POST /api/recipients|vendors[0]|{'id':'lb','role':'CAMERA_VENDOR','vendors':['?']}
            POST /api/recipients|districts[0]|{'id':'lb','role':'CONTROL_ROOM','districts':['?']}
            POST /api/recipients|channels[0].url|{'id':'lb','role':'CONTROL_ROOM','channels':[{'type':'webhook','url':'http://10.0.0.1/?'}]}
            POST /api/recipients|channels[0].url|{'id':'lb','role':'CONTROL_ROOM','channels':[{'type':'slack','url':'http://10.0.0.1/?'}]}
            POST /api/policies|id|{'id':'?','name':'x'}
            POST /api/policies|name|{'id':'lb','name':'?'}
            POST /api/policies|match.lines[0]|{'id':'lb','match':{'lines':['?']}}
            POST /api/policies|match.vendors[0]|{'id':'lb','match':{'vendors':['?']}}
            POST /api/policies|match.districts[0]|{'id':'lb','match':{'districts':['?']}}
            POST /api/policies|match.cameras[0]|{'id':'lb','match':{'cameras':['?']}}
            POST /api/policies|tell.recipients[0]|{'id':'lb','tell':{'recipients':['?']}}
            POST /api/policies|tell.channels[0]|{'id':'lb','tell':{'channels':['?']}}
            POST /api/policies|escalations[0].tell.recipients[0]|{'id':'lb','escalations':[{'after':'1h','tell':{'recipients':['?']}}]}
            POST /api/policies|escalations[0].tell.channels[0]|{'id':'lb','escalations':[{'after':'1h','tell':{'roles':['CONTROL_ROOM'],'channels':['?']}}]}
            POST /api/policies|escalations[0].after|{'id':'lb','escalations':[{'after':'?','tell':{'roles':['CONTROL_ROOM']}}]}
            POST /api/policies|reminders.after|{'id':'lb','reminders':{'after':'?'}}
            POST /api/policies|reminders.every|{'id':'lb','reminders':{'after':'1h','every':'?','most':2}}
            POST /api/policies|quietHours.from|{'id':'lb','quietHours':{'from':'?','to':'06:00'}}
            POST /api/policies|quietHours.to|{'id':'lb','quietHours':{'from':'22:00','to':'?'}}
            POST /api/policies|quietHours.zone|{'id':'lb','quietHours':{'from':'22:00','to':'06:00','zone':'?'}}
            POST /api/policies/try|cameraId|{'cameraId':'?','kind':'LINE'}
            POST /api/maintenance-windows|id|{'id':'?','name':'x','scope':{'everything':true},TIMES}
            POST /api/maintenance-windows|name|{'name':'?','scope':{'everything':true},TIMES}
            POST /api/maintenance-windows|scope.cameras[0]|{'name':'x','scope':{'cameras':['?']},TIMES}
            POST /api/maintenance-windows|scope.lines[0]|{'name':'x','scope':{'lines':['?']},TIMES}
            POST /api/maintenance-windows|scope.sites[0]|{'name':'x','scope':{'sites':['?']},TIMES}
            POST /api/maintenance-windows|scope.vendors[0]|{'name':'x','scope':{'vendors':['?']},TIMES}
            POST /api/maintenance-windows|scope.districts[0]|{'name':'x','scope':{'districts':['?']},TIMES}
            POST /api/maintenance-windows|repeat.start|{'name':'x','scope':{'everything':true},'repeat':{'days':['MONDAY'],'start':'?','duration':'1h'}}
            POST /api/maintenance-windows|repeat.duration|{'name':'x','scope':{'everything':true},'repeat':{'days':['MONDAY'],'start':'01:00','duration':'?'}}
            POST /api/maintenance-windows|repeat.timeZone|{'name':'x','scope':{'everything':true},'repeat':{'days':['MONDAY'],'start':'01:00','duration':'1h','timeZone':'?'}}
            PATCH /api/issues/none|assignee|{'assignee':'?'}
            PUT /api/templates/OPENED/en|subject|{'subject':'?'}
            POST /api/templates/preview|subject|{'event':'OPENED','language':'en','subject':'?'}
            POST /api/templates/preview|issue|{'event':'OPENED','language':'en','issue':'?'}
            POST /api/users|name|{'name':'?','role':'VIEWER','password':'a long password'}
            POST /api/users|recipientId|{'name':'lb','role':'RECIPIENT','recipientId':'?','password':'a long password'}
            POST /api/tokens|name|{'name':'?'}
            """;

    private static final String TIMES =
            "'startsAt':'2099-01-01T00:00:00Z','endsAt':'2099-01-02T00:00:00Z'";

    @ParameterizedTest
    @MethodSource("everyTextOfOneLine")
    void aLineBreakIsRefusedByTheFieldsName(String route, String field, String body) {
        String[] asked = route.split(" ");
        for (String broken : BREAKS) {
            admin().method(HttpMethod.valueOf(asked[0]))
                    .uri(asked[1])
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body.replace("TIMES", TIMES).replace('\'', '"').replace("?", broken))
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(field);
        }
    }

    /** One that comes to a resource and is in no list here fails this. */
    @Test
    void everyTextOfEveryResourceIsTriedOrMayHaveLines() {
        Set<String> tried = new TreeSet<>(LINES);
        tried.addAll(NO_TEXT);
        parts().forEach(
                        part ->
                                tried.add(
                                        resource(part[0].split(" ")[1])
                                                + " "
                                                + part[1].replaceAll("\\[0]", "")));
        Set<String> all = new RequestTexts(document()).all();
        assertThat(all).contains("cameras name", "recipients channels.url");
        all.removeAll(tried);
        assertThat(all).isEmpty();
    }

    private static String resource(String path) {
        return path.split("/")[2];
    }

    private JsonNode document() {
        byte[] text =
                admin().mutate()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                        .build()
                        .get()
                        .uri("/v3/api-docs")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return JsonMapper.builder().build().readTree(Objects.requireNonNull(text));
    }

    /** Asked of the rules: nothing is set up here that such a channel needs. */
    @Test
    void whomAGatewayOrAMailGoesToIsOneLine() {
        var rules = new RecipientRules(AllowedNetworks.standard(), Map.of());
        for (String broken : List.of("\r\nBcc: x@example.com", "\n", "\r", "\u2028", "\u0000")) {
            for (RecipientChannel channel :
                    List.of(
                            new RecipientChannel.Email("a@example.com" + broken),
                            new RecipientChannel.Sms("010-1111-2222" + broken),
                            new RecipientChannel.Kakao("010-1111-2222" + broken))) {
                var recipient =
                        Recipient.of(
                                "lb",
                                "lb",
                                RecipientRole.CONTROL_ROOM,
                                null,
                                null,
                                null,
                                null,
                                List.of(channel),
                                null,
                                null);
                assertThatThrownBy(() -> rules.check(recipient))
                        .as(channel.type())
                        .isInstanceOf(InvalidRecordException.class);
            }
        }
    }

    /** As a quoted cell may hold one. */
    @Test
    void aTablesCellsAreHeldToTheSame() {
        for (String column :
                List.of(
                        "id",
                        "name",
                        "address",
                        "ip",
                        "line",
                        "site",
                        "district",
                        "vendor",
                        "zone")) {
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
