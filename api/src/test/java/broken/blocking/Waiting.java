package broken.blocking;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public class Waiting {
    public String block() {
        return String.valueOf(Mono.just("x").block());
    }

    public Iterable<String> iterate() {
        return Flux.just("x").toIterable();
    }

    public void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
