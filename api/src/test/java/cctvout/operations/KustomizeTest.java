package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folders as kustomize takes them, and the settings that they name. */
class KustomizeTest {

    @Test
    void theKustomizationsNameEveryFileBesideThem() throws IOException {
        for (Path folder : Kustomization.FOLDERS) {
            Kustomization it = Kustomization.of(folder);
            Set<String> named = new TreeSet<>(it.resources());
            if (it.patches() != null) {
                it.patches().forEach(patch -> named.add(patch.path()));
            }
            assertThat(named).allMatch(file -> Files.exists(folder.resolve(file)));
            named.removeIf(file -> file.startsWith(".."));
            named.add("kustomization.yaml");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrderElementsOf(named);
            }
        }
    }

    @Test
    void everySettingIsOneThatTheApplicationReads() {
        Set<String> known = KnownSettings.inEnvironment();
        List<Manifest> given = new ArrayList<>(Kustomization.all());
        Yaml.documents(Kustomization.DEMO.resolve("demo.yaml"))
                .forEach(one -> given.add(new Manifest(one)));
        for (Manifest it : given) {
            if (it.kind().equals("ConfigMap")) {
                assertThat(known).containsAll(map(it.at("data")).keySet());
            }
            if (it.kind().equals("Secret")) {
                assertThat(known).containsAll(map(it.at("stringData")).keySet());
            }
        }
    }

    /** Where kubectl is there: what it makes of them, held against the model as well. */
    @Test
    void kustomizeMakesObjectsOfThem() throws Exception {
        for (Path folder : Kustomization.FOLDERS) {
            Process kubectl = kustomize(folder);
            String made = new String(kubectl.getInputStream().readAllBytes());
            Assumptions.assumeTrue(
                    kubectl.waitFor(60, TimeUnit.SECONDS) && kubectl.exitValue() != 127,
                    "kubectl is not on this machine");
            assertThat(kubectl.exitValue()).isZero();
            List<Manifest> objects = Yaml.documents(made).stream().map(Manifest::new).toList();
            assertThat(objects).isNotEmpty().allSatisfy(Manifest::check);
            assertThat(objects)
                    .filteredOn(it -> !it.kind().equals("Namespace"))
                    .allMatch(it -> it.at("metadata", "namespace").equals("cctv-out"));
        }
    }

    private static Process kustomize(Path folder) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "command -v kubectl > /dev/null || exit 127; exec kubectl kustomize \"$0\"",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Map<String, Object> map(Object value) {
        return Yaml.map(value);
    }
}
