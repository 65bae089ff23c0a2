package broken.core;

import java.time.Clock;
import java.time.Instant;

public class TimedRule {
    public Instant now() {
        return Clock.systemUTC().instant();
    }
}
