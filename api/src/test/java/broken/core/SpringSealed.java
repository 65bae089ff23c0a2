package broken.core;

import org.springframework.http.HttpStatus;

public sealed interface SpringSealed {
    record One(HttpStatus status) implements SpringSealed {}

    HttpStatus status();
}
