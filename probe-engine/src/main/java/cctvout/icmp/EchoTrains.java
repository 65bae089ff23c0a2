package cctvout.icmp;

import cctvout.icmp.IcmpOutcome.Inconclusive;
import cctvout.icmp.IcmpOutcome.Measured;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All trains in flight. The low 16 bits of an echo's slot are its sequence. An answer counts when
 * its source, sequence, slot and token are those of an echo that still waits. All of it runs on one
 * thread, the loop's; what listeners do comes back to it by the loop's task queue, never from
 * within.
 */
final class EchoTrains {

    static final long TICK = 10_000_000;
    private static final int BUCKETS = 512;

    private final int burst;
    private final long spacing;
    private final long timeout;
    private final Clock clock;
    private final LongSupplier nanos;
    private final SipHash tokens;
    private final TrainTable table;
    private final ArrayDeque<EchoTrain> toSend = new ArrayDeque<>();
    private final TimingWheel wheel;
    private final Pace pace;
    private final OwnSubnets subnets = new OwnSubnets();
    private final LostAnswers lost = new LostAnswers();
    private long serial;
    private EchoWire v4;
    private EchoWire v6;

    EchoTrains(
            IcmpSettings settings,
            EchoWire v4,
            EchoWire v6,
            SipHash tokens,
            Clock clock,
            LongSupplier nanos) {
        burst = settings.burst();
        this.v4 = v4;
        this.v6 = v6;
        this.tokens = tokens;
        this.clock = clock;
        this.nanos = nanos;
        spacing = settings.spacing().toNanos();
        timeout = settings.timeout().toNanos();
        table = new TrainTable(settings.inFlight(), settings.count());
        wheel = new TimingWheel(TICK, BUCKETS, nanos.getAsLong());
        pace = new Pace(settings.maxRate(), nanos.getAsLong());
    }

    /** Begins a train; there must be room for it. */
    EchoTrain start(InetAddress target, Consumer<IcmpOutcome> whoAsked) {
        EchoTrain train = table.take();
        train.start(target, whoAsked);
        enqueue(train);
        return train;
    }

    boolean full() {
        return table.full();
    }

    int inFlight() {
        return table.inFlight();
    }

    boolean hasToSend() {
        return !toSend.isEmpty();
    }

    /** Nanoseconds until the cap on packets a second lets another one leave. */
    long untilNext() {
        return pace.untilNext(nanos.getAsLong());
    }

    /** Writes up to one burst. */
    void send() {
        long now = nanos.getAsLong();
        int budget = pace.allows(burst, now);
        while (budget > 0) {
            EchoTrain train = toSend.peekFirst();
            if (train == null || train.running() && blocked(wire(train))) {
                break;
            }
            toSend.removeFirst();
            train.queued = false;
            if (!train.running()) {
                table.release(train);
            } else if (!wire(train).open()) {
                end(train, new Inconclusive("SOCKET_BROKEN"));
            } else {
                send(train, now);
                pace.left(1);
                budget--;
            }
        }
        v4.flush();
        v6.flush();
    }

    private static boolean blocked(EchoWire wire) {
        return wire.open() && !wire.writable();
    }

    private void send(EchoTrain train, long now) {
        int slot = table.slot(train, train.next());
        long token = tokens.of(++serial);
        train.written(token, now);
        wheel.schedule(train, train.wakeAt(spacing, timeout));
        wire(train).write(train.target(), slot, slot & 0xffff, token);
    }

    /** The kernel took the echo, late where it had to wait in the process. */
    void sent(int slot, long token, boolean late) {
        EchoTrain train = table.train(slot);
        train.confirmed(table.echo(slot), token);
        if (late) {
            train.delayed(table.echo(slot), token, nanos.getAsLong());
        }
    }

    /** The kernel did not take it. Full buffers are no fault of the target. */
    void notSent(int slot, long token, int errno, boolean ours) {
        EchoTrain train = table.train(slot);
        int echo = table.echo(slot);
        if (!train.awaits(echo, token)) {
            return;
        }
        wire(train).readErrors();
        if (!train.awaits(echo, token)) {
            return;
        }
        if (ours) {
            end(train, new Inconclusive("PROBER_OVERLOAD"));
        } else if (train.takeBack(echo)) {
            if (!train.queued) {
                enqueue(train);
            }
        } else if (errno == Refusal.EACCES
                && subnets.hasBroadcast(train.target(), nanos.getAsLong())) {
            end(train, new Inconclusive("BLOCKED_ADDRESS"));
        } else {
            train.refused(echo, Refusal.ofErrno(errno));
            settle(train);
        }
    }

    void received(InetAddress source, EchoMessage message) {
        switch (message) {
            case EchoMessage.Reply reply -> answered(source, reply);
            case EchoMessage.Refused refused -> refused(refused);
        }
    }

    private void answered(InetAddress source, EchoMessage.Reply reply) {
        int slot = reply.slot();
        if (!table.has(slot, reply.sequence())) {
            return;
        }
        EchoTrain train = table.train(slot);
        if (train.awaits(table.echo(slot), reply.token()) && train.target().equals(source)) {
            train.answered(table.echo(slot), nanos.getAsLong());
            settle(train);
        }
    }

    /** Where too little is quoted for slot and token, target and sequence must do. */
    private void refused(EchoMessage.Refused refused) {
        if (!refused.marked()) {
            for (int slot = refused.sequence(); slot < table.slots(); slot += 0x10000) {
                refuse(slot, refused);
            }
        } else if (table.has(refused.slot(), refused.sequence())
                && table.train(refused.slot())
                        .awaits(table.echo(refused.slot()), refused.token())) {
            refuse(refused.slot(), refused);
        }
    }

    private void refuse(int slot, EchoMessage.Refused refused) {
        EchoTrain train = table.train(slot);
        if (train.awaits(table.echo(slot))
                && Arrays.equals(train.target().getAddress(), refused.target())) {
            train.refused(table.echo(slot), refused.refusal());
            settle(train);
        }
    }

    void readErrors() {
        v4.readErrors();
        v6.readErrors();
    }

    /** Whether something came in that was not read yet. */
    boolean readable() {
        return v4.readable() || v6.readable();
    }

    /** Whether {@link #fire} has anything to do. */
    boolean due() {
        return wheel.isDue(nanos.getAsLong());
    }

    /** Fires timers: echoes that are due, echoes that waited long enough. */
    void fire() {
        long now = nanos.getAsLong();
        lost.look(v4.lost() + v6.lost(), now);
        wheel.advance(now, entry -> wake((EchoTrain) entry, now));
    }

    /** Answers that the sockets had no room for, as of the last {@link #fire}. */
    long lost() {
        return lost.count();
    }

    private void wake(EchoTrain train, long now) {
        if (!train.expire(now, timeout, lost)) {
            end(train, new Inconclusive("PROBER_OVERLOAD"));
            return;
        }
        if (train.dueToSend(now, spacing)) {
            enqueue(train);
        }
        settle(train);
    }

    void endAll(String reason) {
        for (IcmpFamily family : IcmpFamily.values()) {
            endAll(family, reason);
        }
    }

    /** Ends the trains of one family, as one reason has it. */
    void endAll(IcmpFamily family, String reason) {
        for (EchoTrain train : table.all()) {
            if (train.running() && IcmpFamily.of(train.target()) == family) {
                end(train, new Inconclusive(reason));
            }
        }
    }

    /** Forgets a train that nobody waits for any more, unless it is over and another's by now. */
    void cancel(EchoTrain train, Consumer<IcmpOutcome> whoAsked) {
        if (!train.isFor(whoAsked)) {
            return;
        }
        wheel.drop(train);
        train.stop();
        if (!train.queued) {
            table.release(train);
        }
    }

    void replace(IcmpFamily family, EchoWire wire) {
        if (family == IcmpFamily.V4) {
            v4 = wire;
        } else {
            v6 = wire;
        }
    }

    private void settle(EchoTrain train) {
        if (train.complete()) {
            end(train, new Measured(train.result(clock.instant())));
            return;
        }
        wheel.drop(train);
        long at = train.wakeAt(spacing, timeout);
        if (at != Long.MAX_VALUE) {
            wheel.schedule(train, at);
        }
    }

    private void end(EchoTrain train, IcmpOutcome outcome) {
        wheel.drop(train);
        Consumer<IcmpOutcome> whoAsked = train.stop();
        if (!train.queued) {
            table.release(train);
        }
        whoAsked.accept(outcome);
    }

    private void enqueue(EchoTrain train) {
        train.queued = true;
        toSend.addLast(train);
    }

    private EchoWire wire(EchoTrain train) {
        return train.target().getAddress().length == 4 ? v4 : v6;
    }
}
