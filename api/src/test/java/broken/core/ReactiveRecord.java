package broken.core;

import reactor.core.publisher.Mono;

public record ReactiveRecord(Mono<String> later) {}
