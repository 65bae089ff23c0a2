package cctvout.web;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.record.StaleRecordException;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;

class RecordControllerTest {

    private record Note(String id, String text, String by, long version) {}

    /** One note, which somebody else signs just before it is written. */
    private static final class Notes extends RecordController<Note, Note> {
        private Note now = new Note("n-1", "first", "A", 1);
        private int faster;

        Notes(int faster) {
            super("note", "/notes", new JsonBodies(JsonMapper.builder().build()));
            this.faster = faster;
        }

        @Override
        Mono<Note> stored(String id) {
            return Mono.fromSupplier(() -> now).filter(note -> note.id().equals(id));
        }

        @Override
        Mono<Note> update(Note wanted, OptionalLong version) {
            return Mono.fromSupplier(
                    () -> {
                        if (faster-- > 0) {
                            now = new Note(now.id(), now.text(), "B", now.version() + 1);
                        }
                        if (version.isPresent() && version.getAsLong() != now.version()) {
                            throw new StaleRecordException(
                                    "note", now.id(), version.getAsLong(), now.version());
                        }
                        now = new Note(now.id(), wanted.text(), wanted.by(), now.version() + 1);
                        return now;
                    });
        }

        @Override
        Mono<Boolean> remove(String id, OptionalLong version) {
            return update(now, version).map(_ -> true);
        }

        @Override
        Note parse(ObjectNode body) {
            return json.as(Note.class, body);
        }

        @Override
        String id(Note one) {
            return one.id();
        }

        @Override
        long version(Note one) {
            return one.version();
        }

        @Override
        Note shown(Note one) {
            return one;
        }
    }

    private static final byte[] TEXT = "{\"text\": \"second\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aPatchThatDemandsNoVersionIsMergedWithWhatSomebodyElseWroteMeanwhile() {
        StepVerifier.create(
                        new Notes(2)
                                .patch("n-1", null, TEXT)
                                .map(answer -> Objects.requireNonNull(answer.getBody())))
                .expectNext(new Note("n-1", "second", "B", 4))
                .verifyComplete();
    }

    @Test
    void aPatchOfTheVersionThatWasSeenIsRefusedOnceThereIsANewerOne() {
        StepVerifier.create(new Notes(1).patch("n-1", "\"1\"", TEXT))
                .verifyError(StaleRecordException.class);
    }

    @Test
    void ofSeveralVersionsTheStoredOneIsEnough() {
        var notes = new Notes(0);
        String list = "\"9\", \"1\", \"2\"";
        byte[] whole =
                "{\"text\": \"x\", \"by\": \"A\", \"version\": 0}".getBytes(StandardCharsets.UTF_8);
        StepVerifier.create(notes.replace("n-1", list, whole)).expectNextCount(1).verifyComplete();
        StepVerifier.create(notes.patch("n-1", list, TEXT)).expectNextCount(1).verifyComplete();
        StepVerifier.create(notes.delete("n-1", list))
                .verifyErrorSatisfies(
                        error -> assertThat(error).hasMessageContaining("is at version 3, not 9"));
        StepVerifier.create(notes.delete("n-1", "\"9\", \"3\""))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void whereSomebodyElseIsAlwaysFasterTheLastRefusalIsTheAnswer() {
        StepVerifier.create(new Notes(100).patch("n-1", null, TEXT))
                .verifyErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(StaleRecordException.class)
                                        .hasMessageContaining("is at version 7, not 6"));
    }
}
