package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.camera.TidyText;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;

/**
 * The faults that a policy is for: all that is named has to fit. An empty list is any.
 *
 * @param cameras ids
 */
public record FaultMatch(
        List<IssueKind> kinds,
        List<Severity> severities,
        List<String> lines,
        List<String> vendors,
        List<String> districts,
        List<String> cameras) {

    public static final FaultMatch ANY =
            new FaultMatch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public FaultMatch {
        kinds = List.copyOf(kinds);
        severities = List.copyOf(severities);
        lines = TidyText.names(lines);
        vendors = TidyText.names(vendors);
        districts = TidyText.names(districts);
        cameras = TidyText.ids(cameras);
    }

    /** From JSON, where all may be left out. */
    @JsonCreator
    public static FaultMatch of(
            @Nullable List<IssueKind> kinds,
            @Nullable List<Severity> severities,
            @Nullable List<String> lines,
            @Nullable List<String> vendors,
            @Nullable List<String> districts,
            @Nullable List<String> cameras) {
        return new FaultMatch(
                Lists.given(kinds),
                Lists.given(severities),
                Lists.given(lines),
                Lists.given(vendors),
                Lists.given(districts),
                Lists.given(cameras));
    }

    /** Why it is not for this fault, in plain words; null where it is. */
    public @Nullable String mismatch(Fault fault) {
        Camera camera = fault.camera();
        return first(
                mismatch("kind", kinds, fault.kind()),
                mismatch("severity", severities, fault.severity()),
                mismatch("line", lines, camera.line()),
                mismatch("vendor", vendors, camera.vendor()),
                mismatch("district", districts, camera.district()),
                mismatch("camera", cameras, camera.id().value()));
    }

    /** Without the words: asked for each camera and policy. */
    public boolean matches(Fault fault) {
        Camera camera = fault.camera();
        return fits(kinds, fault.kind())
                && fits(severities, fault.severity())
                && fits(lines, camera.line())
                && fits(vendors, camera.vendor())
                && fits(districts, camera.district())
                && fits(cameras, camera.id().value());
    }

    private static boolean fits(Collection<?> wanted, @Nullable Object is) {
        return wanted.isEmpty() || is != null && wanted.contains(is);
    }

    /** The kinds of faults that can match at all. */
    List<IssueKind> possibleKinds() {
        return List.of(IssueKind.values()).stream()
                .filter(kind -> kinds.isEmpty() || kinds.contains(kind))
                .filter(kind -> severities.isEmpty() || severities.contains(kind.severity()))
                .toList();
    }

    boolean namesPlaces() {
        return !(lines.isEmpty() && vendors.isEmpty() && districts.isEmpty() && cameras.isEmpty());
    }

    private static @Nullable String mismatch(
            String what, Collection<?> wanted, @Nullable Object is) {
        if (fits(wanted, is)) {
            return null;
        }
        return what + " is " + (is == null ? "not registered" : is) + ", not one of " + few(wanted);
    }

    private static String few(Collection<?> wanted) {
        return wanted.size() <= 3
                ? wanted.toString()
                : wanted.stream().limit(3).toList() + " and " + (wanted.size() - 3) + " more";
    }

    private static @Nullable String first(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
