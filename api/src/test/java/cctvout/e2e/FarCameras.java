package cctvout.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;

/**
 * Runs at the other end of a link: a live stream of segments of a second for whatever address is
 * asked, until its input ends.
 */
final class FarCameras {

    static final int PORT = 8090;

    private static final int PACKET = 188;

    private FarCameras() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", PORT), 100);
        server.createContext("/live.m3u8", exchange -> answer(exchange, playlist()));
        server.createContext("/segment", exchange -> answer(exchange, segment()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("serving");
        while (System.in.read() >= 0) {
            // its end is the signal
        }
        System.exit(0);
    }

    private static byte[] playlist() {
        long last = System.currentTimeMillis() / 1000;
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        text.append("#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:").append(last - 4);
        for (long number = last - 4; number <= last; number++) {
            text.append("\n#EXTINF:1.0,\nsegment").append(number).append(".ts");
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Packets of a transport stream that carry nothing (ISO/IEC 13818-1: PID 0x1FFF). */
    private static byte[] segment() {
        byte[] packets = new byte[PACKET * 20];
        Arrays.fill(packets, (byte) 0xff);
        for (int at = 0; at < packets.length; at += PACKET) {
            packets[at] = 0x47;
            packets[at + 1] = 0x1f;
            packets[at + 3] = 0x10;
        }
        return packets;
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
