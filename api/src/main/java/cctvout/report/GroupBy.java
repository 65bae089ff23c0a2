package cctvout.report;

import cctvout.history.Availability;
import cctvout.history.Availability.Outages;
import cctvout.history.CameraVerdicts;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose figures a report's rows are. */
enum GroupBy {
    CAMERA,
    LINE,
    VENDOR,
    DISTRICT,
    SITE;

    static Optional<GroupBy> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null for cameras that belong to none. */
    @Nullable String key(CameraVerdicts camera) {
        return switch (this) {
            case CAMERA -> camera.id().value();
            case LINE -> camera.line();
            case VENDOR -> camera.vendor();
            case DISTRICT -> camera.district();
            case SITE -> camera.site();
        };
    }

    /** The outages for which the one who is named in a row answers: the others' are not his. */
    Outages own(Availability figures) {
        return switch (this) {
            case LINE -> figures.line();
            case VENDOR -> figures.camera();
            case CAMERA, DISTRICT, SITE -> figures.outages();
        };
    }
}
