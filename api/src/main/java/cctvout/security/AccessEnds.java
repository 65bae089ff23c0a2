package cctvout.security;

import reactor.core.publisher.Mono;

import java.security.Principal;

/** For what outlives its request, such as a stream: until when may it go on? */
@FunctionalInterface
public interface AccessEnds {

    /**
     * Completes as soon as what was granted to this caller stands no longer; never, where nobody
     * asked for a login. Lazy.
     */
    Mono<Void> ended(Principal caller);
}
