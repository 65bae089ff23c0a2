package cctvout.icmp;

import cctvout.icmp.IcmpOutcome.Inconclusive;

import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns the table of trains on its event loop: a burst of echoes a turn, answers read in between, a
 * tick each 10 ms while a train is in flight, sockets opened again when they break.
 */
final class EchoLoop implements EchoSocket.Listener {

    private static final Logger log = LoggerFactory.getLogger(EchoLoop.class);
    private static final long REOPEN_MILLIS = 500;

    private static final long LOST_TOLD_EVERY = TimeUnit.MINUTES.toNanos(1);

    /** A flood must not keep timeouts from being seen for ever. */
    private static final int TURNS_BEFORE_TICK = 64;

    private final IcmpSettings settings;
    private final EventLoop loop;
    private final Clock clock;
    private final EchoTrains trains;
    private final PauseWatch watch = new PauseWatch();
    private final SecureRandom random = new SecureRandom();
    private final int identifier = random.nextInt(0x10000);
    private @Nullable EchoSocket v4;
    private @Nullable EchoSocket v6;
    private boolean sendDue;
    private boolean ticking;
    private boolean jumped;
    private boolean closed;
    private int turnsWaited;
    private long lostTold;
    private long lostToldAt;

    EchoLoop(IcmpSettings settings, EventLoop loop, Clock clock) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        SipHash tokens = new SipHash(random.nextLong(), random.nextLong());
        trains =
                new EchoTrains(
                        settings,
                        NoWire.INSTANCE,
                        NoWire.INSTANCE,
                        tokens,
                        clock,
                        System::nanoTime);
    }

    /** Takes the socket into use; before the first probe, or after the old one broke. */
    void use(IcmpSocket opened) {
        EchoSocket socket = new EchoSocket(opened, identifier, settings.payloadSize(), this);
        if (opened.family() == IcmpFamily.V4) {
            v4 = socket;
        } else {
            v6 = socket;
        }
        trains.replace(opened.family(), socket);
        socket.register(loop);
    }

    /**
     * From any thread: on the loop, never within what it is doing. False where the loop has ended,
     * and nothing is in flight on it.
     */
    boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Done when the loop takes nothing more. */
    Future<?> ended() {
        return loop.terminationFuture();
    }

    /** On the loop; null where the outcome was told at once. */
    @Nullable EchoTrain start(InetAddress target, Consumer<IcmpOutcome> whoAsks) {
        if (closed || trains.full()) {
            whoAsks.accept(new Inconclusive(closed ? "SOCKET_BROKEN" : "PROBER_OVERLOAD"));
            return null;
        }
        EchoTrain train = trains.start(target, whoAsks);
        sendSoon();
        tickSoon();
        return train;
    }

    /** On the loop. */
    void cancel(EchoTrain train, Consumer<IcmpOutcome> whoAsked) {
        trains.cancel(train, whoAsked);
    }

    /** On the loop. */
    void close() {
        closed = true;
        trains.endAll("SOCKET_BROKEN");
        closeSocket(v4);
        closeSocket(v6);
    }

    private static void closeSocket(@Nullable EchoSocket socket) {
        if (socket != null) {
            socket.close();
        }
    }

    @Nullable EchoSocket socket(IcmpFamily family) {
        return family == IcmpFamily.V4 ? v4 : v6;
    }

    private void sendSoon() {
        if (!sendDue) {
            sendDue = true;
            loop.execute(this::send);
        }
    }

    private void send() {
        sendDue = false;
        trains.send();
        if (trains.hasToSend() && writable()) {
            sendDue = true;
            // a timer, not a task: what came in is read in between
            loop.schedule(this::send, trains.untilNext(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean writable() {
        EchoSocket four = v4;
        EchoSocket six = v6;
        return (four == null || !four.open() || four.writable())
                && (six == null || !six.open() || six.writable());
    }

    private void tickSoon() {
        if (!ticking) {
            ticking = true;
            watch.reset(System.nanoTime(), clock.millis());
            loop.schedule(this::tick, EchoTrains.TICK, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        if (closed) {
            return;
        }
        jumped |= watch.jumped(System.nanoTime(), clock.millis());
        trains.readErrors();
        // first what came in is read, or a loop that was late would take answers for lost
        if ((jumped || trains.due()) && trains.readable() && turnsWaited < TURNS_BEFORE_TICK) {
            turnsWaited++;
            loop.schedule(this::tick, 0, TimeUnit.NANOSECONDS);
            return;
        }
        turnsWaited = 0;
        if (jumped) {
            jumped = false;
            log.warn(
                    "the clock jumped, or the process stood still: what was in flight proves nothing");
            trains.endAll("CLOCK_JUMPED");
        } else {
            trains.fire();
            tellOfLost();
        }
        if (trains.hasToSend()) {
            sendSoon();
        }
        ticking = trains.inFlight() > 0;
        if (ticking) {
            loop.schedule(this::tick, EchoTrains.TICK, TimeUnit.NANOSECONDS);
        }
    }

    private void tellOfLost() {
        long lost = trains.lost();
        long now = System.nanoTime();
        if (lost != lostTold && (lostTold == 0 || now - lostToldAt > LOST_TOLD_EVERY)) {
            lostTold = lost;
            lostToldAt = now;
            log.warn(
                    "the kernel had no room for {} answers: what was in flight proves nothing"
                            + " (cctvout.probe.icmp.receive-buffer={}, net.core.rmem_max)",
                    lost,
                    settings.receiveBuffer());
        }
    }

    @Override
    public void received(InetAddress source, EchoMessage message) {
        trains.received(source, message);
    }

    @Override
    public void sent(int slot, long token, boolean late) {
        trains.sent(slot, token, late);
    }

    @Override
    public void notSent(int slot, long token, int errno, boolean ours) {
        trains.notSent(slot, token, errno, ours);
        if (trains.hasToSend()) {
            sendSoon();
        }
    }

    @Override
    public void writableAgain() {
        sendSoon();
    }

    @Override
    public void broken(IcmpFamily family) {
        trains.endAll(family, "SOCKET_BROKEN");
        if (!closed) {
            log.warn("the {} socket broke; it is opened again", family);
            reopen(family);
        }
    }

    private void reopen(IcmpFamily family) {
        if (closed) {
            return;
        }
        try {
            use(IcmpSocket.open(family, settings.socket(), settings.receiveBuffer()));
        } catch (IcmpSocket.Refused refused) {
            log.warn("no {} socket yet: {}", family, refused.getMessage());
            loop.schedule(() -> reopen(family), REOPEN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
