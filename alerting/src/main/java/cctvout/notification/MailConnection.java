package cctvout.notification;

import cctvout.notification.ChannelSettings.Tls;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The connection of one mail. To close it from another thread ends whatever the library waits for:
 * a server that says a byte now and then would hold a thread for ever, each byte within its time.
 */
final class MailConnection implements AutoCloseable {

    private final ChannelSettings.Email settings;
    private final int stepMillis;
    private @Nullable Socket plain;
    private boolean closed;

    /**
     * @param stepMillis for the connect, and for each read
     */
    MailConnection(ChannelSettings.Email settings, int stepMillis) {
        this.settings = settings;
        this.stepMillis = stepMillis;
    }

    /** Blocks. */
    Socket open() throws IOException {
        String host = settings.host();
        // an address that knows its name is not looked up backwards
        InetAddress address =
                InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
        Socket socket = begun();
        socket.connect(new InetSocketAddress(address, settings.port()), stepMillis);
        socket.setSoTimeout(stepMillis);
        return settings.tls() == Tls.TLS ? secured(socket) : socket;
    }

    private synchronized Socket begun() throws SocketException {
        if (closed) {
            throw new SocketException("given up");
        }
        Socket socket = new Socket();
        plain = socket;
        return socket;
    }

    private Socket secured(Socket socket) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured =
                (SSLSocket) factory.createSocket(socket, settings.host(), settings.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** From any thread, also before it is opened. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (plain != null) {
                plain.close();
            }
        } catch (IOException closedAlready) {
            // that is what was wanted
        }
    }
}
