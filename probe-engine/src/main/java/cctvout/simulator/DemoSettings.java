package cctvout.simulator;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * The simulated city of profile {@code demo}.
 *
 * @param port its HLS server's, on all loopback addresses; another one is used where it is taken, 0
 *     for any
 * @param seed of the faults: the same seed, the same faults
 * @param targetDuration of its streams
 */
@ConfigurationProperties("cctvout.demo")
record DemoSettings(
        @DefaultValue("18080") int port,
        @DefaultValue("1") long seed,
        @DefaultValue("2s") Duration targetDuration) {}
