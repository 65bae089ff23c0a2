package cctvout.maintenance;

import cctvout.camera.Camera;
import cctvout.camera.TidyText;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What planned work is at: a camera that any of the lists names, as it is registered at the time.
 *
 * @param everything every camera, whatever the lists say
 */
public record Scope(
        boolean everything,
        List<String> cameras,
        List<String> lines,
        List<String> sites,
        List<String> vendors,
        List<String> districts) {

    public Scope {
        cameras = TidyText.ids(cameras);
        lines = TidyText.names(lines);
        sites = TidyText.names(sites);
        vendors = TidyText.names(vendors);
        districts = TidyText.names(districts);
    }

    /** From JSON, where each may be left out. */
    @JsonCreator
    static Scope of(
            @Nullable Boolean everything,
            @Nullable List<String> cameras,
            @Nullable List<String> lines,
            @Nullable List<String> sites,
            @Nullable List<String> vendors,
            @Nullable List<String> districts) {
        return new Scope(
                everything != null && everything,
                given(cameras),
                given(lines),
                given(sites),
                given(vendors),
                given(districts));
    }

    private static List<String> given(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    /** It names nothing at all. */
    @JsonIgnore
    public boolean isEmpty() {
        return !everything
                && cameras.isEmpty()
                && lines.isEmpty()
                && sites.isEmpty()
                && vendors.isEmpty()
                && districts.isEmpty();
    }

    /** What a scope asks of a camera. */
    record Place(
            String id,
            @Nullable String line,
            @Nullable String site,
            @Nullable String vendor,
            @Nullable String district) {

        static Place of(Camera camera) {
            return new Place(
                    camera.id().value(),
                    camera.line(),
                    camera.site(),
                    camera.vendor(),
                    camera.district());
        }
    }

    /** To be asked of many cameras. */
    Predicate<Place> matcher() {
        if (everything) {
            return _ -> true;
        }
        Set<String> byId = Set.copyOf(cameras);
        Set<String> byLine = Set.copyOf(lines);
        Set<String> bySite = Set.copyOf(sites);
        Set<String> byVendor = Set.copyOf(vendors);
        Set<String> byDistrict = Set.copyOf(districts);
        return place ->
                byId.contains(place.id())
                        || has(byLine, place.line())
                        || has(bySite, place.site())
                        || has(byVendor, place.vendor())
                        || has(byDistrict, place.district());
    }

    private static boolean has(Set<String> names, @Nullable String name) {
        return name != null && names.contains(name);
    }
}
