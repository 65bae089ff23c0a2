package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.icmp.IcmpOutcome.Inconclusive;
import cctvout.icmp.IcmpOutcome.Measured;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The table alone, with a wire and a clock that the test holds. */
class EchoTrainsTest {

    private static final InetAddress CAMERA = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.2");
    private static final int EHOSTUNREACH = 113;

    private final List<IcmpOutcome> outcomes = new ArrayList<>();
    private final Consumer<IcmpOutcome> listener = outcomes::add;
    private final Wire wire = new Wire();
    private long now = 5_000_000_000L;
    private final EchoTrains trains =
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

    private record Echo(InetAddress target, int slot, int sequence, long token) {}

    @Test
    void allAnsweredIsSuccessWithItsRoundTrips() {
        Echo first = start();
        pass(20);
        answer(first);
        assertThat(outcomes).isEmpty();
        pass(80);
        Echo second = wire.last();
        pass(40);
        answer(second);
        IcmpResult result = result();
        assertThat(result.status()).isEqualTo(IcmpStatus.SUCCESS);
        assertThat(result.rttMinMs()).isEqualTo(20.0);
        assertThat(result.rttMaxMs()).isEqualTo(40.0);
        assertThat(result.rttAvgMs()).isEqualTo(30.0);
        assertThat(trains.inFlight()).isZero();
    }

    @Test
    void someAnsweredIsLossAndNoneIsTimeout() {
        answer(start());
        pass(420);
        assertThat(result().status()).isEqualTo(IcmpStatus.LOSS);
        outcomes.clear();
        start();
        pass(420);
        assertThat(result().status()).isEqualTo(IcmpStatus.TIMEOUT);
        assertThat(result().sent()).isEqualTo(2);
    }

    @Test
    void secondEchoLeavesAfterTheSpacing() {
        start();
        pass(90);
        assertThat(wire.written).hasSize(1);
        pass(20);
        assertThat(wire.written).hasSize(2);
    }

    @Test
    void forgedAnswersCountForNothing() {
        Echo echo = start();
        reply(OTHER, echo.sequence(), echo.slot(), echo.token());
        reply(CAMERA, echo.sequence(), echo.slot(), echo.token() + 1);
        reply(CAMERA, echo.sequence() + 1, echo.slot(), echo.token());
        reply(CAMERA, echo.sequence() + 1, echo.slot() + 1, echo.token());
        reply(CAMERA, echo.sequence() + 2, echo.slot() + 2, echo.token());
        reply(CAMERA, echo.sequence(), echo.slot() + 0x10000, echo.token());
        reply(CAMERA, 0xffff, -1, echo.token());
        reply(CAMERA, 0xffff, Integer.MAX_VALUE, echo.token());
        reply(CAMERA, 0, Integer.MIN_VALUE, echo.token());
        pass(420);
        assertThat(result().received()).isZero();
    }

    @Test
    void duplicateAndLateAnswersCountOnce() {
        Echo first = start();
        answer(first);
        answer(first);
        pass(100);
        Echo second = wire.last();
        pass(320);
        answer(second);
        assertThat(result().status()).isEqualTo(IcmpStatus.LOSS);
        assertThat(result().received()).isEqualTo(1);
        // the slot is another's by now
        outcomes.clear();
        start();
        answer(second);
        answer(first);
        pass(420);
        assertThat(result().status()).isEqualTo(IcmpStatus.TIMEOUT);
    }

    @Test
    void answersThatOvertakeEachOtherAreEachTheirOwnEchos() {
        Echo first = start();
        pass(100);
        Echo second = wire.last();
        pass(20);
        answer(second);
        pass(10);
        answer(first);
        IcmpResult result = result();
        assertThat(result.status()).isEqualTo(IcmpStatus.SUCCESS);
        assertThat(result.rttMinMs()).isEqualTo(20.0);
        assertThat(result.rttMaxMs()).isEqualTo(130.0);
    }

    @Test
    void refusalEndsTheWaitAndIsTheReasonUnlessSomethingWasAnswered() {
        refuse(start(), CAMERA, true);
        pass(100);
        refuse(wire.last(), CAMERA, true);
        assertThat(result().status()).isEqualTo(IcmpStatus.FAIL);
        assertThat(result().reason()).isEqualTo("HOST_UNREACHABLE");
        outcomes.clear();
        refuse(start(), CAMERA, true);
        pass(100);
        answer(wire.last());
        assertThat(result().status()).isEqualTo(IcmpStatus.LOSS);
    }

    @Test
    void refusalThatQuotesTooLittleIsKnownByTargetAndSequence() {
        for (int i = 0; i < 35_000; i++) { // slots past 65,535: sequences come twice
            trains.start(InetAddress.ofLiteral("10.1." + (i >> 8) + "." + (i & 255)), listener);
        }
        while (trains.hasToSend()) {
            trains.send();
        }
        Echo last = wire.last();
        assertThat(last.slot()).isGreaterThan(0xffff);
        refuse(last, OTHER, false);
        refuse(last, last.target(), false);
        pass(100);
        Echo again =
                wire.written.reversed().stream()
                        .filter(echo -> echo.target().equals(last.target()))
                        .findFirst()
                        .orElseThrow();
        assertThat(again.slot()).isEqualTo(last.slot() + 1);
        refuse(again, last.target(), false);
        assertThat(outcomes).hasSize(1);
        assertThat(result().status()).isEqualTo(IcmpStatus.FAIL);
    }

    @Test
    void sendErrorIsBelievedWhenItComesAgain() {
        Echo first = start();
        trains.notSent(first.slot(), first.token(), EHOSTUNREACH, false);
        assertThat(trains.hasToSend()).isTrue();
        trains.send();
        answer(wire.last());
        pass(100);
        for (int i = 0; i < 4; i++) {
            trains.notSent(wire.last().slot(), wire.last().token(), EHOSTUNREACH, false);
            trains.send();
        }
        assertThat(result().status()).isEqualTo(IcmpStatus.LOSS);
        assertThat(result().sent()).isEqualTo(2);
    }

    @Test
    void targetWithoutARouteFails() {
        start();
        for (int echo = 0; echo < 2; echo++) {
            for (int i = 0; i < 4 && outcomes.isEmpty(); i++) {
                trains.notSent(wire.last().slot(), wire.last().token(), EHOSTUNREACH, false);
                trains.send();
            }
            pass(100);
        }
        assertThat(result().reason()).isEqualTo("NO_ROUTE");
    }

    @Test
    void fullKernelBufferIsNoFaultOfTheTarget() {
        Echo echo = start();
        trains.notSent(echo.slot(), echo.token(), 105, true);
        assertThat(outcomes).containsExactly(new Inconclusive("PROBER_OVERLOAD"));
        outcomes.clear();
        wire.confirming = false;
        start();
        pass(320);
        assertThat(outcomes).containsExactly(new Inconclusive("PROBER_OVERLOAD"));
        assertThat(trains.inFlight()).isZero();
    }

    @Test
    void closedWireIsNoFaultOfTheTarget() {
        wire.open = false;
        start();
        assertThat(outcomes).containsExactly(new Inconclusive("SOCKET_BROKEN"));
        outcomes.clear();
        wire.open = true;
        start();
        trains.endAll(IcmpFamily.V6, "SOCKET_BROKEN");
        assertThat(outcomes).isEmpty();
        trains.endAll("CLOCK_JUMPED");
        assertThat(outcomes).containsExactly(new Inconclusive("CLOCK_JUMPED"));
    }

    @Test
    void cancelledTrainFreesItsPlaceAndIsNeverHeardOf() {
        EchoTrain queued = trains.start(CAMERA, listener);
        trains.cancel(queued, listener);
        trains.send();
        assertThat(wire.written).isEmpty();
        Echo sent = start();
        EchoTrain running = trains.start(OTHER, listener);
        trains.send();
        trains.cancel(running, listener);
        trains.cancel(running, listener);
        assertThat(trains.inFlight()).isEqualTo(1);
        answer(sent);
        pass(100);
        answer(wire.last());
        assertThat(outcomes).hasSize(1);
        assertThat(trains.inFlight()).isZero();
    }

    @Test
    void cancelOfATrainThatIsOverDoesNotTouchTheNextInItsPlace() {
        Consumer<IcmpOutcome> before = outcome -> {};
        EchoTrain train = trains.start(CAMERA, before);
        trains.send();
        trains.endAll("CLOCK_JUMPED");
        EchoTrain next = trains.start(OTHER, listener);
        assertThat(next).isSameAs(train);
        trains.cancel(train, before);
        assertThat(trains.inFlight()).isEqualTo(1);
    }

    @Test
    void burstIsBoundedAndAFullWireIsWaitedFor() {
        for (int i = 0; i < 300; i++) {
            trains.start(CAMERA, listener);
        }
        trains.send();
        assertThat(wire.written).hasSize(128);
        wire.writable = false;
        trains.send();
        assertThat(wire.written).hasSize(128);
        wire.writable = true;
        trains.send();
        trains.send();
        assertThat(wire.written).hasSize(300);
    }

    private Echo start() {
        trains.start(CAMERA, listener);
        trains.send();
        return wire.written.isEmpty() ? new Echo(CAMERA, 0, 0, 0) : wire.last();
    }

    /** Time in steps of the loop's tick. */
    private void pass(int millis) {
        for (int passed = 0; passed < millis; passed += 10) {
            now += 10_000_000;
            trains.fire();
            while (trains.hasToSend()) {
                trains.send();
            }
        }
    }

    private void answer(Echo echo) {
        reply(echo.target(), echo.sequence(), echo.slot(), echo.token());
    }

    private void reply(InetAddress source, int sequence, int slot, long token) {
        trains.received(source, new EchoMessage.Reply(0, sequence, slot, token));
    }

    private void refuse(Echo echo, InetAddress target, boolean marked) {
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

    private IcmpResult result() {
        assertThat(outcomes).hasSize(1);
        return ((Measured) outcomes.getFirst()).result();
    }

    private final class Wire implements EchoWire {

        private final List<Echo> written = new ArrayList<>();
        private boolean open = true;
        private boolean writable = true;
        private boolean confirming = true;

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
        public void readErrors() {}
    }
}
