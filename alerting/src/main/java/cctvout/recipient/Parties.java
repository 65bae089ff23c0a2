package cctvout.recipient;

import cctvout.camera.Camera;
import cctvout.issue.IssueKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recipients of a city, and the choice among them: a line's fault goes to its operator, a
 * camera's to its vendor, a media server's to the stream operator. Nobody matches: the control
 * room; nobody there either: the built-in inbox, so a notice always has a reader.
 */
public final class Parties {

    private final Map<String, Recipient> byId = new LinkedHashMap<>();
    private final Recipient builtIn;

    public Parties(List<Recipient> recipients, Language controlRoomLanguage) {
        for (Recipient recipient : recipients) {
            byId.put(recipient.id(), recipient);
        }
        builtIn =
                new Recipient(
                        RecipientRules.BUILT_IN,
                        controlRoomLanguage == Language.KO ? "관제실" : "Control room",
                        RecipientRole.CONTROL_ROOM,
                        controlRoomLanguage,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        1);
    }

    /** Also one that is disabled: who was told of a fault is told of its end. */
    public Optional<Recipient> find(String id) {
        return id.equals(RecipientRules.BUILT_IN)
                ? Optional.of(builtIn)
                : Optional.ofNullable(byId.get(id));
    }

    /** Who is told of a fault; at least one. */
    public List<Chosen> toldOf(IssueKind kind, Camera camera) {
        List<Chosen> chosen = responsible(kind, camera);
        if (!chosen.isEmpty()) {
            return chosen;
        }
        String why = "nobody answers for " + subject(kind, camera) + ": control room";
        return controlRoom(camera).stream().map(room -> new Chosen(room.recipient(), why)).toList();
    }

    /** Those of all these cameras, each once. */
    public List<Chosen> controlRoomsOf(Collection<Camera> cameras) {
        Map<String, Chosen> rooms = new LinkedHashMap<>();
        for (Camera camera : cameras) {
            controlRoom(camera).forEach(room -> rooms.putIfAbsent(room.recipient().id(), room));
        }
        return List.copyOf(rooms.values());
    }

    /** Who is told of every recovery; at least one. */
    public List<Chosen> controlRoom(Camera camera) {
        List<Chosen> rooms = new ArrayList<>();
        for (Recipient recipient : byId.values()) {
            if (recipient.enabled()
                    && recipient.role() == RecipientRole.CONTROL_ROOM
                    && covers(recipient, camera)) {
                rooms.add(new Chosen(recipient, "control room"));
            }
        }
        return rooms.isEmpty()
                ? List.of(new Chosen(builtIn, "no control room is registered: built-in inbox"))
                : rooms;
    }

    /** Enabled ones of a role that answer for the camera; perhaps none. */
    public List<Recipient> answering(RecipientRole role, Camera camera) {
        return byId.values().stream()
                .filter(Recipient::enabled)
                .filter(one -> one.role() == role && covers(one, camera))
                .toList();
    }

    /** Every one that is registered. */
    public Collection<Recipient> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Who is to be told of a fault of that kind, where nothing else is said. */
    public static RecipientRole responsibleFor(IssueKind kind) {
        return role(kind);
    }

    /** The control rooms of a district, or (null) all; at least one. */
    public List<Recipient> controlRooms(@Nullable String district) {
        List<Recipient> rooms =
                byId.values().stream()
                        .filter(Recipient::enabled)
                        .filter(one -> one.role() == RecipientRole.CONTROL_ROOM)
                        .filter(one -> district == null || theirs(one.districts(), district))
                        .toList();
        return rooms.isEmpty() ? List.of(builtIn) : rooms;
    }

    private List<Chosen> responsible(IssueKind kind, Camera camera) {
        RecipientRole role = role(kind);
        if (role == RecipientRole.CONTROL_ROOM) {
            return controlRoom(camera);
        }
        List<Chosen> chosen = new ArrayList<>();
        for (Recipient recipient : byId.values()) {
            if (recipient.enabled() && recipient.role() == role && covers(recipient, camera)) {
                chosen.add(new Chosen(recipient, "answers for " + subject(kind, camera)));
            }
        }
        return chosen;
    }

    private static RecipientRole role(IssueKind kind) {
        return switch (kind) {
            case LINE -> RecipientRole.LINE_OPERATOR;
            case CAMERA -> RecipientRole.CAMERA_VENDOR;
            case STREAM_SERVER -> RecipientRole.STREAM_OPERATOR;
            case DEGRADED -> RecipientRole.CONTROL_ROOM;
        };
    }

    /** Does it answer for the camera, by what its role goes by? */
    public static boolean covers(Recipient recipient, Camera camera) {
        return theirs(recipient.districts(), camera.district())
                && switch (recipient.role()) {
                    case LINE_OPERATOR -> theirs(recipient.lines(), camera.line());
                    case CAMERA_VENDOR -> theirs(recipient.vendors(), camera.vendor());
                    case STREAM_OPERATOR, CONTROL_ROOM -> true;
                };
    }

    private static boolean theirs(List<String> named, @Nullable String value) {
        return named.isEmpty() || value != null && named.contains(value);
    }

    private static String subject(IssueKind kind, Camera camera) {
        return switch (kind) {
            case LINE -> "line " + known(camera.line());
            case CAMERA -> "vendor " + known(camera.vendor());
            case STREAM_SERVER -> "stream server " + known(camera.hlsHost());
            case DEGRADED -> "quality";
        };
    }

    private static String known(@Nullable String value) {
        return value == null ? "(not registered)" : value;
    }
}
