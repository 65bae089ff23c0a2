package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;

/** What answers and refusals make of a train. */
class EchoTrainsTest extends TrainsRig {

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
}
