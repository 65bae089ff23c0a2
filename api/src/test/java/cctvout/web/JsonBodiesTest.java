package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.camera.CameraCheck;
import cctvout.issue.IssuePatch;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.network.AllowedNetworks;
import cctvout.policy.Policy;
import cctvout.problem.ProblemException;
import cctvout.recipient.Recipient;
import cctvout.record.Violation;
import cctvout.security.AccountChange;
import cctvout.security.TokenRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

class JsonBodiesTest {

    private static final Map<String, Class<?>> TYPES =
            Map.of(
                    "recipient", Recipient.class,
                    "window", MaintenanceWindow.class,
                    "policy", Policy.class,
                    "token", TokenRequest.class,
                    "user", AccountChange.class,
                    "issue", IssuePatch.class);

    private final JsonBodies bodies = new JsonBodies(JsonMapper.builder().build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "recipient|{'role':'LINE_OPERATOR','line':['L-17']}|line|there is no such field",
                "recipient|{'role':'LINE_OPERATOR','chanels':null}|chanels|there is no such field",
                "recipient|{'role':'LINE_OPERATOR','channels':[{'type':'sms','too':'1'}]}|channels[0].too|there is no such field",
                "token|{'name':'n','rol':'VIEWER'}|rol|there is no such field",
                "window|{'enbled':false}|enbled|there is no such field",
                "window|{'scope':{'line':['L-17']}}|scope.line|there is no such field",
                "policy|{'match':{'kind':['LINE']}}|match.kind|there is no such field",
                "user|{'name':'u','roles':'VIEWER'}|roles|there is no such field",
                "issue|{'assigne':'kim'}|assigne|there is no such field",
            })
    void aMisspeltFieldIsNotPassedOver(String type, String body, String field, String reason) {
        refused(type, body, field, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "issue|{'assignee':5}|assignee|must be a text",
                "issue|{'status':1}|status|one of [OPEN",
                "issue|{'plannedVisitAt':1790000000}|plannedVisitAt|not an instant",
                "issue|{'plannedVisitAt':''}|plannedVisitAt|not an instant",
                "recipient|{'role':'LINE_OPERATOR','lines':[1]}|lines[0]|must be a text",
                "recipient|{'role':'LINE_OPERATOR','lines':[true]}|lines[0]|must be a text",
                "recipient|{'role':'LINE_OPERATOR','lines':[null]}|lines[0]|must not be null",
                "recipient|{'role':'LINE_OPERATOR','lines':'L-17'}|lines|must be a list",
                "recipient|{'role':'LINE_OPERATOR','enabled':'true'}|enabled|true or false",
                "recipient|{'role':'LINE_OPERATOR','enabled':0}|enabled|true or false",
                "recipient|{'role':'LINE_OPERATOR','channels':[null]}|channels[0]|must not be null",
                "recipient|{'role':'LINE_OPERATOR','channels':[{'type':'sms','to':119}]}|channels[0].to|must be a text",
                "recipient|{'role':'LINE_OPERATOR','channels':[{'type':'webhook','secret':5}]}|channels[0].secret|must be a text",
                "recipient|{'role':'LINE_OPERATOR','channels':[{'type':'fax'}]}|channels[0].type|one of [webhook, slack, email, sms, kakao, inbox]",
                "recipient|{'role':'LINE_OPERATOR','channels':[{'to':'1'}]}|channels[0].type|is required: one of [webhook",
                "window|{'scope':[]}|scope|must be an object",
                "policy|{'priority':'5'}|priority|not a whole number",
                "policy|{'priority':5.7}|priority|not a whole number",
                "policy|{'match':{'kinds':[0]}}|match.kinds[0]|one of [LINE",
                "token|{'name':5}|name|must be a text",
            })
    void aValueOfAnotherKindIsNotMadeToFit(String type, String body, String field, String reason) {
        refused(type, body, field, reason);
    }

    private void refused(String type, String body, String field, String reason) {
        ObjectNode tree = tree(body);
        assertThatThrownBy(() -> bodies.as(Objects.requireNonNull(TYPES.get(type)), tree))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            Violation only = problem.errors().getFirst();
                            assertThat(only.field()).isEqualTo(field);
                            assertThat(only.reason()).startsWith(reason);
                        });
    }

    @Test
    void everyMisspeltFieldOfACameraIsNamed() {
        CameraBodies cameras = new CameraBodies(new CameraCheck(AllowedNetworks.standard()));
        ObjectNode tree =
                tree("{'id':'c','ip':'10.0.0.1','lat':36.1,'probes':{'icmp':true,'rtsp':true}}");
        assertThatThrownBy(() -> cameras.camera(tree))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem ->
                                assertThat(problem.errors())
                                        .extracting(Violation::field)
                                        .containsExactly("lat", "probes.rtsp"));
    }

    @Test
    void whatAPatchClearsThatIsNotThereIsStillHeardOf() {
        ObjectNode into = tree("{'name':'n','lines':['L-17']}");
        JsonBodies.merge(into, tree("{'lines':null,'lins':null}"));
        assertThat(into).isEqualTo(tree("{'name':'n','lins':null}"));
    }

    private ObjectNode tree(String body) {
        return bodies.object(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
