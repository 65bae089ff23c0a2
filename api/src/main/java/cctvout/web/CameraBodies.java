package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** Cameras as they come in. */
final class CameraBodies {

    private final CameraCheck check;

    CameraBodies(CameraCheck check) {
        this.check = check;
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
        JsonFields probes = fields.object("probes");
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
