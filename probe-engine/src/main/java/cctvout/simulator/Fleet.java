package cctvout.simulator;

import cctvout.camera.CameraId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The simulated cameras, and which address serves which of them. Immutable. */
public final class Fleet {

    public static final int MAX_CAMERAS = 1_000_000;

    /** First line of {@link #csv}. */
    public static final String CSV_HEADER = "id,name,ip,hlsUrl,line,site,district,vendor";

    private static final int CAMERAS_A_LINE = 12;
    private static final int LINES_A_SITE = 10;
    private static final int CAMERAS_A_DISTRICT = 500;
    private static final int VENDORS = 4;

    private final List<SimulatedCamera> cameras;
    private final Map<Integer, List<SimulatedCamera>> byHost = new LinkedHashMap<>();
    private final Map<Integer, SimulatedCamera> byDevice = new HashMap<>();
    private final List<Integer> servers;

    private Fleet(List<SimulatedCamera> cameras) {
        this.cameras = List.copyOf(cameras);
        for (SimulatedCamera camera : cameras) {
            if (byDevice.put(camera.device(), camera) != null) {
                throw new IllegalArgumentException("address twice: " + text(camera.device()));
            }
            byHost.computeIfAbsent(camera.host(), _ -> new ArrayList<>()).add(camera);
        }
        this.servers =
                byHost.keySet().stream().filter(host -> !byDevice.containsKey(host)).toList();
    }

    /** Each camera on its own host, with lines, sites, districts and vendors that are numbered. */
    public static Fleet of(int cameras) {
        return of(cameras, 0);
    }

    /**
     * @param camerasPerServer streams on one media server, 0 where each camera serves its own; a
     *     camera's own address is registered all the same
     */
    public static Fleet of(int cameras, int camerasPerServer) {
        if (cameras < 1 || cameras > MAX_CAMERAS) {
            throw new IllegalArgumentException("cameras: between 1 and " + MAX_CAMERAS);
        }
        if (camerasPerServer < 0) {
            throw new IllegalArgumentException("cameras per server: 0 or more");
        }
        List<SimulatedCamera> all = new ArrayList<>(cameras);
        for (int i = 0; i < cameras; i++) {
            int host = camerasPerServer == 0 ? addressOf(i) : serverAddress(i / camerasPerServer);
            all.add(numbered(i, host));
        }
        return new Fleet(all);
    }

    /** Numbers must be 1, 2, 3 and so on. */
    static Fleet of(List<SimulatedCamera> cameras) {
        return new Fleet(cameras);
    }

    private static SimulatedCamera numbered(int index, int host) {
        int line = index / CAMERAS_A_LINE + 1;
        return new SimulatedCamera(
                index + 1,
                new CameraId(padded("cam", index + 1, 5)),
                padded("Camera ", index + 1, 5),
                null,
                null,
                null,
                addressOf(index),
                host,
                true,
                padded("L-", line, 2),
                padded("S-", (line - 1) / LINES_A_SITE + 1, 2),
                padded("D-", index / CAMERAS_A_DISTRICT + 1, 2),
                "V-" + (index % VENDORS + 1));
    }

    /**
     * Address of the camera with this index (from 0): spread over 127.16.0.0 to 127.239.255.255, a
     * different one each, below 127.16 is left to who cuts ranges off by hand.
     *
     * @return four bytes in one int
     */
    public static int addressOf(int index) {
        int second = 16 + index % 224;
        int third = index / 224 % 250;
        int fourth = 1 + (index / 56_000 + 7 * (index % 56_000)) % 250;
        return 127 << 24 | second << 16 | third << 8 | fourth;
    }

    /** Address of a media server by index (from 0), apart from all cameras: 127.240.0.0/12. */
    static int serverAddress(int index) {
        return 127 << 24 | 240 << 16 | index / 250 << 8 | 1 + index % 250;
    }

    static String text(int address) {
        return (address >>> 24)
                + "."
                + (address >> 16 & 0xff)
                + "."
                + (address >> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    /** The address that a text such as {@code 127.16.0.1} is; 0 where it is none. */
    static int address(String text) {
        String[] parts = text.split("\\.", -1);
        int address = 0;
        for (String part : parts) {
            if (parts.length != 4 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return 0;
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    static String padded(String prefix, int number, int digits) {
        String text = String.valueOf(number);
        return prefix + "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** All, in the order of their numbers. */
    public List<SimulatedCamera> cameras() {
        return cameras;
    }

    public int size() {
        return cameras.size();
    }

    /** Null where there is none of that number. */
    public @Nullable SimulatedCamera camera(int number) {
        return number < 1 || number > cameras.size() ? null : cameras.get(number - 1);
    }

    /** The camera that has this address as its own; null where none has. */
    @Nullable SimulatedCamera device(int address) {
        return byDevice.get(address);
    }

    /** Cameras whose streams come from this address; empty where it serves none. */
    List<SimulatedCamera> onHost(int address) {
        return byHost.getOrDefault(address, Collections.emptyList());
    }

    /** Addresses of the media servers: hosts that are no camera. */
    List<Integer> servers() {
        return servers;
    }

    /**
     * A file that the import and {@code check} take: {@link #CSV_HEADER}, then a line each.
     *
     * @param port the fleet server's
     * @return lines without their ends
     */
    public Stream<String> csv(int port) {
        return Stream.concat(
                Stream.of(CSV_HEADER),
                cameras.stream()
                        .map(
                                camera ->
                                        String.join(
                                                ",",
                                                camera.id().value(),
                                                quoted(camera.name()),
                                                camera.listed() ? text(camera.device()) : "",
                                                camera.hlsUrl(port),
                                                quoted(camera.line()),
                                                quoted(camera.site()),
                                                quoted(camera.district()),
                                                quoted(camera.vendor()))));
    }

    private static String quoted(String field) {
        return field.contains(",") || field.contains("\"")
                ? '"' + field.replace("\"", "\"\"") + '"'
                : field;
    }
}
