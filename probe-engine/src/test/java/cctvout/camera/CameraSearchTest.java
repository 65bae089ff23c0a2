package cctvout.camera;

import static cctvout.camera.Cameras.camera;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraRegistry.Page;
import cctvout.store.Answer;
import cctvout.store.EmbeddedDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

class CameraSearchTest {
    private static final CameraQuery ALL =
            new CameraQuery(null, null, null, null, null, null, null, 1000, null);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final CameraRegistry registry = new PostgresCameraRegistry(embedded.database());

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void qIsAPartOfIdNameOrAddressInAnyCase() throws Exception {
        save(
                camera("Gate-1", "North"),
                camera("x", "main GATE"),
                camera("y", "천안역 동부광장"),
                camera("z", null));
        assertThat(found(q("gate"))).containsExactly("Gate-1", "x");
        assertThat(found(q("동부"))).containsExactly("y");
        assertThat(found(q("대흥로 215"))).containsExactly("Gate-1", "x", "y", "z");
        assertThat(found(q("nowhere"))).isEmpty();
    }

    @Test
    void charactersThatMeanSomethingToLikeMeanThemselves() throws Exception {
        save(
                camera("percent", "100% road"),
                camera("underscore", "a_b"),
                camera("backslash", "c\\d"),
                camera("quote", "it's; drop table camera --"),
                camera("plain", "100 road axb c/d"));
        assertThat(found(q("%"))).containsExactly("percent");
        assertThat(found(q("_"))).containsExactly("underscore");
        assertThat(found(q("\\"))).containsExactly("backslash");
        assertThat(found(q("a_b"))).containsExactly("underscore");
        assertThat(found(q("0% r"))).containsExactly("percent");
        assertThat(found(q("'s; drop"))).containsExactly("quote");
        assertThat(found(q("\\%"))).isEmpty();
        assertThat(found(q("$1 :q ?"))).isEmpty();
    }

    @Test
    void aCharacterThatNoTextHasFindsNothing() throws Exception {
        save(camera("a"));
        assertThat(found(q("\u0000"))).isEmpty();
        assertThat(found(new CameraQuery(null, null, "L\u0000", null, null, null, null, 10, null)))
                .isEmpty();
    }

    @Test
    void filtersAreExactAndAddUp() throws Exception {
        save(
                camera("a", "n", "L-1", "한빛"),
                camera("b", "n", "L-1", "가온"),
                camera("c", "n", "L-10", "한빛"),
                camera("d", "n", null, null));
        assertThat(found(new CameraQuery(null, null, "L-1", null, null, null, null, 10, null)))
                .containsExactly("a", "b");
        assertThat(found(new CameraQuery(null, null, "L-1", null, null, "한빛", null, 10, null)))
                .containsExactly("a");
        assertThat(found(new CameraQuery("n", null, null, "천안국사", "동남구", "한빛", null, 10, null)))
                .containsExactly("a", "c");
        assertThat(found(new CameraQuery(null, null, null, "천안", null, null, null, 10, null)))
                .isEmpty();
    }

    /** As a Mac writes it. */
    @Test
    void decomposedHangulFindsWhatIsComposed() throws Exception {
        save(camera("a", "천안역", "회선-1", "한빛"), camera("b", "봉명동", "회선-2", "한빛"));
        String name = Normalizer.normalize("안역", Normalizer.Form.NFD);
        String line = Normalizer.normalize("회선-2", Normalizer.Form.NFD);
        assertThat(found(q(name))).containsExactly("a");
        assertThat(found(new CameraQuery(null, null, line, null, null, null, null, 10, null)))
                .containsExactly("b");
    }

    @Test
    void aCameraWithoutAStatusIsUnknown() throws Exception {
        save(camera("a"), camera("b"), camera("c"));
        Answer.done(
                embedded.database()
                        .client()
                        .sql(
                                """
                                insert into camera_status (camera_id, verdict, reason, since, seq) values
                                ('a', 'LINE_FAULT', 'ICMP_TIMEOUT', now(), 1),
                                ('b', 'UNKNOWN', 'NOT_CHECKED', now(), 0)
                                """)
                        .then());
        assertThat(found(verdict("LINE_FAULT"))).containsExactly("a");
        assertThat(found(verdict("UNKNOWN"))).containsExactly("b", "c");
        assertThat(Answer.of(registry.search(verdict("UNKNOWN"))).total()).isEqualTo(2);
        assertThat(found(verdict("HEALTHY"))).isEmpty();
    }

    @Test
    void removedCamerasAreNotFound() throws Exception {
        save(camera("a"), camera("b"));
        Answer.of(registry.delete(new CameraId("a"), OptionalLong.empty()));
        assertThat(Answer.of(registry.search(ALL)))
                .isEqualTo(new Page(List.of(camera("b").withVersion(1)), 1, null));
    }

    @Test
    void pagesFollowOnEachOtherWithoutGapOrRepeat() throws Exception {
        save(Cameras.many(25).toArray(Camera[]::new));
        List<String> seen = new ArrayList<>();
        String after = null;
        int pages = 0;
        do {
            Page page = Answer.of(registry.search(page(10, after)));
            assertThat(page.total()).isEqualTo(25);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(10);
            page.items().forEach(c -> seen.add(c.id().value()));
            after = page.next();
            pages++;
        } while (after != null);
        assertThat(pages).isEqualTo(3);
        assertThat(seen)
                .containsExactlyElementsOf(
                        Cameras.many(25).stream().map(c -> c.id().value()).toList());
    }

    @Test
    void aPageThatHoldsTheLastOneHasNoNext() throws Exception {
        save(Cameras.many(10).toArray(Camera[]::new));
        assertThat(Answer.of(registry.search(page(10, null))).next()).isNull();
        assertThat(Answer.of(registry.search(page(9, null))).next()).isEqualTo("c-00008");
        assertThat(Answer.of(registry.search(page(10, "c-00009"))))
                .isEqualTo(new Page(List.of(), 10, null));
    }

    @Test
    void theNextPageIsFoundThoughItsCursorWasRemoved() throws Exception {
        save(Cameras.many(4).toArray(Camera[]::new));
        Answer.of(registry.delete(new CameraId("c-00001"), OptionalLong.empty()));
        assertThat(found(page(2, "c-00001"))).containsExactly("c-00002", "c-00003");
    }

    private void save(Camera... cameras) throws Exception {
        Answer.of(registry.saveAll(List.of(cameras)));
    }

    private List<String> found(CameraQuery query) throws Exception {
        return Answer.of(registry.search(query)).items().stream().map(c -> c.id().value()).toList();
    }

    private static CameraQuery q(String text) {
        return new CameraQuery(text, null, null, null, null, null, null, 100, null);
    }

    private static CameraQuery verdict(String name) {
        return new CameraQuery(null, name, null, null, null, null, null, 100, null);
    }

    private static CameraQuery page(int limit, @Nullable String after) {
        return new CameraQuery(null, null, null, null, null, null, null, limit, after);
    }
}
