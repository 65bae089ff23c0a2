package cctvout.icmp;

import java.net.InetAddress;

/** Stands where no socket is. */
enum NoWire implements EchoWire {
    INSTANCE;

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void write(InetAddress target, int slot, int sequence, long token) {
        throw new IllegalStateException("no socket");
    }

    @Override
    public void flush() {}

    @Override
    public boolean readable() {
        return false;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public void readErrors() {}
}
