package cctvout.icmp;

import java.net.InetAddress;

/** What carries the echoes of one family, as the table of trains sees it; used on the loop. */
interface EchoWire {

    /** False while it is closed. */
    boolean open();

    /** False while what was written waits in the process: the kernel's buffer is full. */
    boolean writable();

    /** Takes an echo; it leaves with the next flush. */
    void write(InetAddress target, int slot, int sequence, long token);

    void flush();

    /** Whether something came in that was not read yet. */
    boolean readable();

    /** Answers so far that came and were thrown away unread, for want of room. */
    long lost();

    /** Reads what the kernel has to say about packets that were refused. */
    void readErrors();
}
