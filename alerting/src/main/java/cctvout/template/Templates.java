package cctvout.template;

import cctvout.recipient.Language;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts in force: the built-in ones, and what operators have put in their place. Read from
 * memory, which is as old as the last look at the table; a change made here counts at once.
 */
public final class Templates implements TemplateSource {

    private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

    private record Key(MessageKind kind, Language language) {}

    private final TemplateStore store;
    private final Words builtIn;
    private final InstantSource clock;
    private volatile Map<Key, ChangedTemplate> changed = Map.of();

    public Templates(TemplateStore store, Words builtIn, InstantSource clock) {
        this.store = store;
        this.builtIn = builtIn;
        this.clock = clock;
    }

    @Override
    public Template of(MessageKind kind, Language language) {
        ChangedTemplate own = changed.get(new Key(kind, language));
        return own == null ? builtIn(kind, language) : own.template();
    }

    public Template builtIn(MessageKind kind, Language language) {
        return builtIn.of(kind, language);
    }

    /** Those that were changed, as they are stored now. Lazy. */
    public Mono<List<ChangedTemplate>> changed() {
        return store.all().doOnNext(this::keep);
    }

    /** Lazy; the text counts from the next message on, elsewhere after their next look. */
    public Mono<ChangedTemplate> change(
            MessageKind kind, Language language, Template template, String who) {
        return Mono.defer(
                () -> {
                    var fresh = new ChangedTemplate(kind, language, template, clock.instant(), who);
                    return store.save(fresh).then(changed()).thenReturn(fresh);
                });
    }

    /** Back to the built-in text. Lazy; true where there was another. */
    public Mono<Boolean> reset(MessageKind kind, Language language) {
        return store.remove(kind, language).flatMap(was -> changed().thenReturn(was));
    }

    /** Looks at the table again and again; lazy, never ends, goes on through trouble. */
    public Flux<List<ChangedTemplate>> follow(Duration every) {
        return Flux.interval(Duration.ZERO, every)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                changed()
                                        .onErrorResume(
                                                trouble -> {
                                                    LOG.warn(
                                                            "texts cannot be read: {}",
                                                            trouble.toString());
                                                    return Mono.empty();
                                                }),
                        1);
    }

    private void keep(List<ChangedTemplate> all) {
        Map<Key, ChangedTemplate> fresh = new HashMap<>();
        all.forEach(one -> fresh.put(new Key(one.kind(), one.language()), one));
        changed = Map.copyOf(fresh);
    }
}
