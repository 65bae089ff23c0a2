package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.icmp.IcmpOutcome.Measured;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The table alone, with a wire and a clock that the test holds. */
abstract class TrainsRig {

    static final InetAddress CAMERA = InetAddress.ofLiteral("10.0.0.1");
    static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.2");

    final List<IcmpOutcome> outcomes = new ArrayList<>();
    final Consumer<IcmpOutcome> listener = outcomes::add;
    final Wire wire = new Wire();
    private long now = 5_000_000_000L;
    final EchoTrains trains =
            new EchoTrains(
                    IcmpSettings.standard()
                            .train(2, Duration.ofMillis(100), Duration.ofMillis(300))
                            .inFlight(40_000)
                            .maxRate(10_000_000),
                    wire,
                    NoWire.INSTANCE,
                    new SipHash(1, 2),
                    Clock.systemUTC(),
                    () -> now);

    record Echo(InetAddress target, int slot, int sequence, long token) {}

    Echo start() {
        trains.start(CAMERA, listener);
        trains.send();
        return wire.written.isEmpty() ? new Echo(CAMERA, 0, 0, 0) : wire.last();
    }

    /** Time in steps of the loop's tick. */
    void pass(int millis) {
        for (int passed = 0; passed < millis; passed += 10) {
            now += 10_000_000;
            trains.fire();
            while (trains.hasToSend()) {
                trains.send();
            }
        }
    }

    void answer(Echo echo) {
        reply(echo.target(), echo.sequence(), echo.slot(), echo.token());
    }

    void reply(InetAddress source, int sequence, int slot, long token) {
        trains.received(source, new EchoMessage.Reply(0, sequence, slot, token));
    }

    void refuse(Echo echo, InetAddress target, boolean marked) {
        trains.received(
                target,
                new EchoMessage.Refused(
                        Refusal.HOST_UNREACHABLE,
                        target.getAddress(),
                        0,
                        echo.sequence(),
                        marked,
                        marked ? echo.slot() : 0,
                        marked ? echo.token() : 0));
    }

    IcmpResult result() {
        assertThat(outcomes).hasSize(1);
        return ((Measured) outcomes.getFirst()).result();
    }

    final class Wire implements EchoWire {

        final List<Echo> written = new ArrayList<>();
        boolean open = true;
        boolean writable = true;
        boolean confirming = true;
        long lost;

        Echo last() {
            return written.getLast();
        }

        @Override
        public boolean open() {
            return open;
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void write(InetAddress target, int slot, int sequence, long token) {
            written.add(new Echo(target, slot, sequence, token));
            if (confirming) {
                trains.sent(slot, token, false);
            }
        }

        @Override
        public void flush() {}

        @Override
        public boolean readable() {
            return false;
        }

        @Override
        public long lost() {
            return lost;
        }

        @Override
        public void readErrors() {}
    }
}
