package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cameras as they come in. */
final class CameraBodies {

    private static final Set<String> FIELDS = names(Camera.class);
    private static final Set<String> PROBES = names(Camera.Probes.class);

    private final CameraCheck check;

    CameraBodies(CameraCheck check) {
        this.check = check;
    }

    private static Set<String> names(Class<? extends Record> shown) {
        return Stream.of(shown.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @throws ProblemException 400, with each field and what is wrong with it
     */
    Camera camera(ObjectNode tree) {
        JsonFields fields = new JsonFields(tree);
        CameraDraft draft = draft(fields);
        List<Violation> found = new ArrayList<>(fields.violations());
        for (Violation violation : check.violations(draft)) {
            // one of a wrong type was read as missing: said already
            if (found.stream().noneMatch(said -> said.field().equals(violation.field()))) {
                found.add(violation);
            }
        }
        if (!found.isEmpty()) {
            throw ProblemException.refused(found);
        }
        return draft.toCamera();
    }

    private static CameraDraft draft(JsonFields fields) {
        fields.only(FIELDS);
        JsonFields probes = fields.object("probes");
        if (probes != null) {
            probes.only(PROBES);
        }
        return new CameraDraft(
                fields.text("id"),
                fields.text("name"),
                fields.text("address"),
                fields.number("latitude"),
                fields.number("longitude"),
                fields.text("ip"),
                fields.text("hlsUrl"),
                fields.text("line"),
                fields.text("site"),
                fields.text("district"),
                fields.text("vendor"),
                fields.text("zone"),
                fields.flag("enabled"),
                fields.duration("interval"),
                probes == null ? null : probes.flag("icmp"),
                probes == null ? null : probes.flag("hls"));
    }
}
