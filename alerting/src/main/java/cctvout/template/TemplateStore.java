package cctvout.template;

import cctvout.recipient.Language;

import reactor.core.publisher.Mono;

import java.util.List;

/** Where changed texts are kept. All publishers are lazy. */
public interface TemplateStore {

    Mono<List<ChangedTemplate>> all();

    /** In place of the one before. */
    Mono<Void> save(ChangedTemplate changed);

    /** Back to the built-in one; true where there was another. */
    Mono<Boolean> remove(MessageKind kind, Language language);
}
