package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.camera.CameraId;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** Cameras as they come in: whole, or as a patch of the one that is there. */
final class CameraBodies {

    private final JsonBodies json;
    private final CameraCheck check;

    CameraBodies(JsonBodies json, CameraCheck check) {
        this.json = json;
        this.check = check;
    }

    Camera created(byte @Nullable [] body) {
        return checked(json.object(body));
    }

    Camera replaced(CameraId id, byte @Nullable [] body) {
        return identified(id, json.object(body));
    }

    /** RFC 7396: what is named is replaced, null clears, the rest stays. */
    Camera patched(Camera before, byte @Nullable [] body) {
        ObjectNode merged = json.tree(before);
        JsonBodies.merge(merged, json.object(body));
        return identified(before.id(), merged);
    }

    private Camera identified(CameraId id, ObjectNode tree) {
        JsonBodies.identify(id.value(), tree);
        return checked(tree);
    }

    private Camera checked(ObjectNode tree) {
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
