package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.icmp.IcmpOutcome.Inconclusive;

import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

/** What goes wrong on our side of the wire: it is no fault of the target. */
class OwnTroubleTest extends TrainsRig {

    private static final int EHOSTUNREACH = 113;

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

    @Test
    void answersThatWeHadNoRoomForAreNoSilenceOfTheTarget() {
        answer(start());
        pass(100);
        wire.lost = 7;
        pass(320);
        assertThat(outcomes).containsExactly(new Inconclusive("PROBER_OVERLOAD"));
        outcomes.clear();
        start();
        pass(420);
        assertThat(result().status()).isEqualTo(IcmpStatus.TIMEOUT);
    }

    @Test
    void answersLostOfOthersDoNotTouchATrainThatWasAnswered() {
        answer(start());
        wire.lost = 7;
        pass(100);
        answer(wire.last());
        assertThat(result().status()).isEqualTo(IcmpStatus.SUCCESS);
    }
}
