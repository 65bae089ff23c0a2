package cctvout.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder of manifests, as strictly as kustomize reads it. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<Map<String, Object>> labels,
        List<String> resources,
        List<Image> images,
        List<Patch> patches) {

    static final Path BASE = Yaml.DOCKER.resolve("kubernetes/base");
    static final Path DEMO = Yaml.DOCKER.resolve("kubernetes/demo");
    static final Path ZONE = Yaml.DOCKER.resolve("kubernetes/zone");
    static final List<Path> FOLDERS = List.of(BASE, DEMO, ZONE);

    record Image(String name, String newName, String newTag) {}

    record Patch(String path) {}

    static Kustomization of(Path folder) {
        return Yaml.as(
                Kustomization.class,
                Yaml.documents(folder.resolve("kustomization.yaml")).getFirst());
    }

    /** The objects of all folders. */
    static List<Manifest> all() {
        List<Manifest> all = new ArrayList<>();
        for (Path folder : FOLDERS) {
            of(folder).resources().stream()
                    .filter(file -> !file.startsWith(".."))
                    .flatMap(file -> Yaml.documents(folder.resolve(file)).stream())
                    .forEach(one -> all.add(new Manifest(one)));
        }
        return all;
    }
}
