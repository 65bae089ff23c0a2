package cctvout.importing;

import static cctvout.importing.ReadRows.errors;
import static cctvout.importing.ReadRows.one;
import static cctvout.importing.ReadRows.rows;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraDraft;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Rows that end before the header does. */
class ShortRowsTest {

    @Test
    void itLeavesTheStoredValuesOfTheCellsItLacks() {
        Camera stored =
                one("id,ip,hls,line,vendor,lot,address\nC1,10.0.0.1,http://a.kr/x,L-1,V,,road")
                        .over(null)
                        .toCamera();
        String header = "id,ip,line,hls,vendor,소재지지번주소,소재지도로명주소\n";
        CameraDraft merged = one(header + "C1,10.0.0.2,\n").over(stored);
        assertThat(merged.ip()).isEqualTo("10.0.0.2");
        assertThat(merged.line()).as("blank, not missing").isNull();
        assertThat(merged.hlsUrl()).isEqualTo("http://a.kr/x");
        assertThat(merged.vendor()).isEqualTo("V");
        assertThat(one(header + "C1,10.0.0.2,,,,lot\n").over(stored).address())
                .as("the road's name is not there")
                .isEqualTo("road");
        List<CameraRow> fresh = rows(header + "C2,10.0.0.2\r\nC3,10.0.0.3,L-3\r");
        assertThat(fresh).allMatch(row -> errors(row).isEmpty());
        assertThat(fresh.get(1).over(null).line()).isEqualTo("L-3");
    }

    @Test
    void itIsRefusedWhereItMayBeCutOffOrNamesNoCamera() {
        String header = "id,name,ip,hls,line\n";
        for (String cut :
                new String[] {
                    "C1,n,10.0.0.1", "C1,n,10.0.0.1,,", "\"C1\",\"n\",\"10.0.0.1\"", "C1,n,10.0.0"
                }) {
            List<CameraRow> rows = rows(header + "C0,n,10.0.0.9\n" + cut);
            assertThat(errors(rows.getFirst())).isEmpty();
            assertThat(errors(rows.getLast())).as(cut).hasSize(cut.endsWith(",,") ? 0 : 1);
        }
        assertThat(errors(one(header + "C1,n,10.0.0.1")))
                .containsExactly("2 null null 3 cells, where the header has 5");
        for (String row : new String[] {"C1", "C1,n", "C1,n,", "C1,n,,", ",n,10.0.0.1", "Sum,50"}) {
            assertThat(errors(one(header + row + "\n")))
                    .as(row)
                    .singleElement()
                    .asString()
                    .endsWith(", where the header has 5");
        }
    }
}
