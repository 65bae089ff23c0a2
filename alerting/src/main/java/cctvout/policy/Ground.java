package cctvout.policy;

import cctvout.camera.Camera;

import java.util.List;
import java.util.Set;

/**
 * What is registered of what a policy names.
 *
 * @param examples of the cameras that it is for, one of each line, vendor and district
 */
public record Ground(
        Set<String> lines,
        Set<String> vendors,
        Set<String> districts,
        Set<String> cameras,
        List<Camera> examples) {

    /** At most so many examples are looked at. */
    public static final int MAX_EXAMPLES = 10_000;
}
