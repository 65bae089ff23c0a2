package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifests, as far as they can be judged without a cluster. */
class KubernetesTest {

    private static final List<String> ROLES = List.of("api", "probe", "alerting");

    /**
     * What the steps of a stop take at most: checks 3 s, transitions 5 s, history 5 s, shards 5 s,
     * requests 20 s, all that ends with the store 12 s.
     */
    static final Duration STOP = Duration.ofSeconds(50);

    @Test
    void everyObjectIsAsKubernetesKnowsIt() {
        assertThat(all()).hasSizeGreaterThan(15).allSatisfy(Manifest::check);
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        Manifest wrong =
                new Manifest(
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Service",
                                "metadata",
                                Map.of("name", "x"),
                                "spec",
                                Map.of("ports", List.of(Map.of("prot", 80)))));

        assertThatThrownBy(wrong::check).hasMessageContaining("prot");
    }

    @Test
    void aProberIsCalledAfterItsPodAndOneOfAZoneDiffersFromTheOthersInThatAlone() {
        Manifest usual = deployment("probe");
        Manifest zoned = deployment("probe-north");
        List<Object> environment = environment(zoned);

        assertThat(environment(usual))
                .contains(
                        Map.of(
                                "name",
                                "CCTVOUT_CLUSTER_NODE",
                                "valueFrom",
                                Map.of("fieldRef", Map.of("fieldPath", "metadata.name"))));
        assertThat(environment.remove(Map.of("name", "CCTVOUT_CLUSTER_ZONE", "value", "north")))
                .isTrue();
        assertThat(map(zoned.at("spec")).remove("replicas")).isEqualTo(2);
        Map<String, Object> pod = map(zoned.at("spec", "template", "spec"));
        assertThat(pod.remove("nodeSelector"))
                .isEqualTo(Map.of("topology.kubernetes.io/zone", "north"));
        assertThat(zoned.content().toString().replace("probe-north", "probe"))
                .isEqualTo(usual.content().toString());
    }

    private static List<Object> environment(Manifest deployment) {
        return Yaml.list(deployment.at("spec", "template", "spec", "containers", 0, "env"));
    }

    @Test
    void eachRoleRunsWithoutRightsAndIsLookedAfter() {
        for (String role : ROLES) {
            Manifest deployment = deployment(role);
            Object pod = deployment.at("spec", "template", "spec");
            Object container = Yaml.at(pod, "containers", 0);

            assertThat(Yaml.at(container, "env", 0, "value")).isEqualTo(role);
            assertThat(Yaml.at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
            assertThat(Yaml.at(container, "securityContext", "readOnlyRootFilesystem"))
                    .isEqualTo(true);
            assertThat(Yaml.at(container, "securityContext", "allowPrivilegeEscalation"))
                    .isEqualTo(false);
            assertThat(Yaml.at(container, "securityContext", "capabilities", "drop"))
                    .isEqualTo(List.of("ALL"));
            assertThat(probe(container, "startupProbe")).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "livenessProbe")).isEqualTo("/actuator/health/liveness");
            assertThat(probe(container, "readinessProbe")).isEqualTo("/actuator/health/readiness");
            assertThat(Yaml.at(container, "resources", "limits", "memory")).isNotNull();
        }
        assertThat(
                        deployment("probe")
                                .at("spec", "template", "spec", "securityContext", "sysctls", 0))
                .isEqualTo(Map.of("name", "net.ipv4.ping_group_range", "value", "0 2147483647"));
    }

    @Test
    void aRollingUpdateHasTheNewOneReadyFirstAndTimeForTheOldOneToFinish() {
        for (String role : ROLES) {
            Manifest deployment = deployment(role);
            Object rolling = deployment.at("spec", "strategy", "rollingUpdate");
            Object pod = deployment.at("spec", "template", "spec");
            int pause =
                    (int) Yaml.at(pod, "containers", 0, "lifecycle", "preStop", "sleep", "seconds");

            assertThat(Yaml.at(rolling, "maxUnavailable")).isEqualTo(0);
            assertThat(Yaml.at(rolling, "maxSurge")).isEqualTo(1);
            assertThat((int) Yaml.at(pod, "terminationGracePeriodSeconds"))
                    .isGreaterThan(pause + (int) STOP.toSeconds());
        }
    }

    @Test
    void theDemosDatabaseHasConnectionsForAllThatTheAutoscalersMake() {
        int processes =
                all().stream()
                        .filter(it -> it.kind().equals("HorizontalPodAutoscaler"))
                        .mapToInt(it -> (int) it.at("spec", "maxReplicas") + 1)
                        .sum();
        int alerting = (int) deployment("alerting").at("spec", "replicas") + 1;
        Manifest postgres = named("StatefulSet", "postgres");
        Object arguments = postgres.at("spec", "template", "spec", "containers", 0, "args");
        String limit = Yaml.list(arguments).getLast().toString();

        assertThat(Integer.parseInt(limit.replace("max_connections=", "")))
                .isGreaterThan((processes + alerting) * 17);
    }

    @Test
    void whatRefersToSomethingFindsIt() {
        List<Manifest> all = all();
        for (Manifest it : all) {
            switch (it.kind()) {
                case "Deployment", "StatefulSet" ->
                        assertThat(map(it.at("spec", "template", "metadata", "labels")))
                                .containsAllEntriesOf(
                                        map(it.at("spec", "selector", "matchLabels")));
                case "Service" ->
                        assertThat(pods(all, map(it.at("spec", "selector"))))
                                .isNotEmpty()
                                .allSatisfy(
                                        pod ->
                                                assertThat(ports(pod))
                                                        .contains(
                                                                it.at(
                                                                        "spec",
                                                                        "ports",
                                                                        0,
                                                                        "targetPort")));
                case "PodDisruptionBudget" ->
                        assertThat(pods(all, map(it.at("spec", "selector", "matchLabels"))))
                                .hasSize(1);
                case "HorizontalPodAutoscaler" ->
                        assertThat(all)
                                .anyMatch(
                                        other ->
                                                other.kind()
                                                                .equals(
                                                                        it.at(
                                                                                "spec",
                                                                                "scaleTargetRef",
                                                                                "kind"))
                                                        && other.name()
                                                                .equals(
                                                                        it.at(
                                                                                "spec",
                                                                                "scaleTargetRef",
                                                                                "name")));
                case "NetworkPolicy" ->
                        assertThat(pods(all, map(it.at("spec", "podSelector", "matchLabels"))))
                                .isNotEmpty();
                default -> {}
            }
        }
        for (String role : ROLES) {
            Object from =
                    deployment(role).at("spec", "template", "spec", "containers", 0, "envFrom");
            assertThat(names(all, "ConfigMap")).contains(Yaml.at(from, 0, "configMapRef", "name"));
            assertThat(names(all, "Secret")).contains(Yaml.at(from, 1, "secretRef", "name"));
            assertThat(names(all, "PodDisruptionBudget")).contains("cctv-out-" + role);
        }
        assertThat(names(all, "HorizontalPodAutoscaler"))
                .containsExactlyInAnyOrder("cctv-out-api", "cctv-out-probe");
    }

    private static List<Manifest> all() {
        return Kustomization.all();
    }

    private static Manifest deployment(String role) {
        return named("Deployment", "cctv-out-" + role);
    }

    private static Manifest named(String kind, String name) {
        return all().stream()
                .filter(it -> it.kind().equals(kind) && it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String probe(Object container, String kind) {
        Object http = Yaml.at(container, kind, "httpGet");
        assertThat(Yaml.at(http, "port")).isEqualTo("http");
        return (String) Yaml.at(http, "path");
    }

    private static List<Object> pods(List<Manifest> all, Map<String, Object> selector) {
        return all.stream()
                .filter(it -> Set.of("Deployment", "StatefulSet").contains(it.kind()))
                .filter(
                        it ->
                                map(it.at("spec", "template", "metadata", "labels"))
                                        .entrySet()
                                        .containsAll(selector.entrySet()))
                .map(it -> it.at("spec", "template", "spec"))
                .toList();
    }

    private static List<Object> ports(Object pod) {
        return Yaml.list(Yaml.at(pod, "containers", 0, "ports")).stream()
                .map(port -> Yaml.at(port, "name"))
                .toList();
    }

    private static List<Object> names(List<Manifest> all, String kind) {
        return all.stream()
                .filter(it -> it.kind().equals(kind))
                .<Object>map(Manifest::name)
                .toList();
    }

    private static Map<String, Object> map(Object value) {
        return Yaml.map(value);
    }
}
