package cctvout.simulator;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Garam (가람시), a city that does not exist: 500 cameras on 41 lines. In four districts each camera
 * serves its own stream. The cameras of 하늘읍 are reached by ping, their streams come from one media
 * server; of those of 솔밭면 nothing but the streams of another one is known.
 */
public final class DemoCity {

    public static final String NAME = "가람시";

    private static final List<String> VENDORS = List.of("한결영상", "누리비전", "다온씨엔에스", "바른눈테크");

    private static final List<DemoDistrict> DISTRICTS =
            List.of(
                    new DemoDistrict(
                            "동남구",
                            List.of("시청 앞", "역전 광장", "버스터미널", "중앙시장 입구"),
                            List.of("중앙로", "역전길", "온천로", "은행나무길", "충무로", "문화로", "동문로", "남산길"),
                            List.of("중앙국사", "역전국사", "온천국사"),
                            36.6921,
                            126.8634,
                            11,
                            12),
                    new DemoDistrict(
                            "서북구",
                            List.of("서북구청 앞", "종합운동장", "산업단지 정문", "두레시장 입구"),
                            List.of("두레로", "성정로", "백석길", "산업대로", "느티나무길", "쌍용로", "서문로", "북천길"),
                            List.of("두레국사", "서북국사", "산단국사"),
                            36.7313,
                            126.8217,
                            11,
                            12),
                    new DemoDistrict(
                            "강변구",
                            List.of("가람대교 북단", "가람대교 남단", "나루터 공원"),
                            List.of("강변로", "나루길", "버들로", "물빛로", "모래내길", "둔치길", "포구로"),
                            List.of("강변국사", "나루국사"),
                            36.6608,
                            126.8049,
                            9,
                            12),
                    new DemoDistrict(
                            "새봄구",
                            List.of("새봄호수공원", "가람대학교 정문", "중앙도서관 앞"),
                            List.of("새봄로", "호수로", "한빛로", "대학로", "해오름길", "별빛로", "꽃내음길"),
                            List.of("새봄국사", "호수국사"),
                            36.7506,
                            126.8988,
                            8,
                            12),
                    new DemoDistrict(
                            "솔밭면",
                            List.of("솔밭면사무소 앞", "솔밭 휴게소"),
                            List.of("솔밭로", "방죽길"),
                            List.of("솔밭국사"),
                            36.6189,
                            126.9197,
                            1,
                            16),
                    new DemoDistrict(
                            "하늘읍",
                            List.of("하늘읍사무소 앞", "하늘역"),
                            List.of("하늘로", "구름재길"),
                            List.of("하늘국사"),
                            36.7894,
                            126.7641,
                            1,
                            16));

    private static final int FIRST_WITH_SERVER = 4;
    private static final Fleet FLEET = build();

    private DemoCity() {}

    /** The same city at every call. */
    public static Fleet fleet() {
        return FLEET;
    }

    /** All cameras as they are registered, with the port of the fleet's server. */
    public static List<Camera> cameras(int port) {
        return FLEET.cameras().stream().map(camera -> camera.registered(port)).toList();
    }

    /** Names of all lines, in order. */
    public static List<String> lines() {
        return distinct(FLEET.cameras().stream().map(SimulatedCamera::line));
    }

    public static List<String> districts() {
        return DISTRICTS.stream().map(DemoDistrict::name).toList();
    }

    public static List<String> vendors() {
        return VENDORS;
    }

    public static List<String> sites() {
        return distinct(FLEET.cameras().stream().map(SimulatedCamera::site));
    }

    private static List<String> distinct(Stream<String> names) {
        return names.distinct().toList();
    }

    private static Fleet build() {
        List<SimulatedCamera> cameras = new ArrayList<>();
        int line = 1;
        for (int d = 0; d < DISTRICTS.size(); d++) {
            DemoDistrict district = DISTRICTS.get(d);
            for (int i = 0; i < district.cameras(); i++) {
                int index = cameras.size();
                boolean own = d < FIRST_WITH_SERVER;
                int address = Fleet.addressOf(index);
                cameras.add(
                        new SimulatedCamera(
                                index + 1,
                                new CameraId(Fleet.padded("GR-", index + 1, 4)),
                                district.place(i),
                                NAME + " " + district.address(i),
                                district.latitude(i),
                                district.longitude(i),
                                address,
                                own ? address : Fleet.serverAddress(d - FIRST_WITH_SERVER),
                                d != FIRST_WITH_SERVER,
                                Fleet.padded("L-", line + i / district.camerasPerLine(), 2),
                                district.site(i),
                                district.name(),
                                VENDORS.get((index * 7 + index / 12) % VENDORS.size())));
            }
            line += district.lines();
        }
        return Fleet.of(cameras);
    }

    /** Numbers of the cameras that serve their own streams. */
    static IntStream withOwnStream() {
        return FLEET.cameras().stream()
                .filter(camera -> camera.host() == camera.device())
                .mapToInt(SimulatedCamera::number);
    }
}
