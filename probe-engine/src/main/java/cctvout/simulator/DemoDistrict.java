package cctvout.simulator;

import java.util.List;

/**
 * A district of the demo city, and what its places are called.
 *
 * @param landmarks names of the first cameras
 * @param latitude of its middle, degrees
 * @param longitude of its middle, degrees
 */
record DemoDistrict(
        String name,
        List<String> landmarks,
        List<String> streets,
        List<String> sites,
        double latitude,
        double longitude,
        int lines,
        int camerasPerLine) {

    private static final List<String> PLACES =
            List.of(
                    "사거리", "삼거리", "교차로", "입구", "초등학교 앞", "버스정류장", "공영주차장", "지하차도", "어린이공원",
                    "주민센터 앞", "육교", "우체국 앞", "파출소 앞", "다리", "체육관 앞", "놀이터", "골목시장", "경로당 앞", "약국 앞",
                    "종점");

    private static final double GOLDEN_ANGLE = 2.399963;
    private static final double KM_A_CAMERA_ROOT = 0.17;
    private static final double KM_A_DEGREE = 111.2;

    int cameras() {
        return lines * camerasPerLine;
    }

    String place(int index) {
        if (index < landmarks.size()) {
            return landmarks.get(index);
        }
        int rest = index - landmarks.size();
        return street(rest) + " " + PLACES.get(rest / streets.size());
    }

    String address(int index) {
        int rest = Math.max(0, index - landmarks.size());
        return name + " " + street(rest) + " " + (12 + index * 7 % 380);
    }

    /** Lines of a district are shared out over its sites. */
    String site(int index) {
        return sites.get(index / camerasPerLine % sites.size());
    }

    /** Cameras lie round the middle like the seeds of a sunflower. */
    double latitude(int index) {
        return rounded(latitude + km(index) * Math.sin(index * GOLDEN_ANGLE) / KM_A_DEGREE);
    }

    double longitude(int index) {
        double degree = KM_A_DEGREE * Math.cos(Math.toRadians(latitude));
        return rounded(longitude + km(index) * Math.cos(index * GOLDEN_ANGLE) / degree);
    }

    private String street(int index) {
        return streets.get(index % streets.size());
    }

    private static double km(int index) {
        return KM_A_CAMERA_ROOT * Math.sqrt(index);
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }
}
