package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.StaleRecordException;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.util.UriUtils;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Records that people keep, each whole under an id: read, replaced, patched and removed, under the
 * version that the caller has seen where it says one.
 *
 * @param <T> as it is kept
 * @param <V> as it is shown
 */
abstract class RecordController<T, V> {

    static final String MERGE_PATCH = "application/merge-patch+json";

    /** So often a patch without If-Match is made anew where somebody else was faster. */
    private static final int PATCH_TRIES = 5;

    private final String kind;
    private final String path;
    final JsonBodies json;

    /**
     * @param kind what one is called in an answer
     * @param path of them all
     */
    RecordController(String kind, String path, JsonBodies json) {
        this.kind = kind;
        this.path = path;
        this.json = json;
    }

    /** Whether there can be one of this id. */
    boolean isId(String id) {
        return true;
    }

    /** Empty where the id is unknown. */
    abstract Mono<T> stored(String id);

    /**
     * Empty where the id is unknown; errors with {@link StaleRecordException}, {@link
     * cctvout.record.InvalidRecordException}.
     */
    abstract Mono<T> update(T wanted, OptionalLong version);

    /** False where the id is unknown; errors with {@link StaleRecordException}. */
    abstract Mono<Boolean> remove(String id, OptionalLong version);

    /**
     * @throws ProblemException 400, where a field does not fit
     */
    abstract T parse(ObjectNode body);

    abstract String id(T one);

    abstract long version(T one);

    abstract V shown(T one);

    @GetMapping("/{id}")
    Mono<ResponseEntity<V>> read(@PathVariable String id) {
        return find(id).map(this::tagged);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<V>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        Demanded demanded = Versions.demanded(ifMatch);
        if (!isId(id)) {
            return unknown(id);
        }
        T wanted = named(id, json.object(body));
        return demanded.of(find(id).map(this::version))
                .flatMap(version -> update(wanted, version))
                .switchIfEmpty(unknown(id))
                .map(this::tagged);
    }

    /** Without If-Match a change by somebody else in between is merged with, not lost. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    Mono<ResponseEntity<V>> patch(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        Demanded demanded = Versions.demanded(ifMatch);
        ObjectNode patch = json.object(body);
        Mono<T> patched =
                find(id).flatMap(before -> patched(before, patch, demanded))
                        .switchIfEmpty(unknown(id));
        Mono<T> merging =
                demanded.any()
                        ? patched.retryWhen(
                                Retry.max(PATCH_TRIES)
                                        .filter(StaleRecordException.class::isInstance)
                                        .onRetryExhaustedThrow((_, last) -> last.failure()))
                        : patched;
        return merging.map(this::tagged);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        Demanded demanded = Versions.demanded(ifMatch);
        return !isId(id)
                ? unknown(id)
                : demanded.of(find(id).map(this::version))
                        .flatMap(version -> remove(id, version))
                        .filter(removed -> removed)
                        .switchIfEmpty(unknown(id))
                        .map(_ -> ResponseEntity.noContent().build());
    }

    /** 201, and where it is. */
    final ResponseEntity<V> created(T one) {
        String segment = UriUtils.encodePathSegment(id(one), StandardCharsets.UTF_8);
        return ResponseEntity.created(URI.create(path + "/" + segment))
                .eTag(Versions.tag(version(one)))
                .body(shown(one));
    }

    private Mono<T> patched(T before, ObjectNode patch, Demanded demanded) {
        ObjectNode merged = json.tree(before);
        JsonBodies.merge(merged, patch);
        long version = version(before);
        return update(
                named(id(before), merged),
                demanded.any() ? OptionalLong.of(version) : demanded.of(version));
    }

    private T named(String id, ObjectNode body) {
        JsonBodies.identify(id, body);
        return parse(body);
    }

    private Mono<T> find(String id) {
        return isId(id) ? stored(id).switchIfEmpty(unknown(id)) : unknown(id);
    }

    private <E> Mono<E> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown(kind, id));
    }

    private ResponseEntity<V> tagged(T one) {
        return ResponseEntity.ok().eTag(Versions.tag(version(one))).body(shown(one));
    }
}
