package cctvout.simulator;

/** Media servers as they are met in the field; each behaves in its own way. */
public enum Brand {
    /** A session in each entry; after the encoder is lost the last list for a minute, then 404. */
    WOWZA("/live/cctv001.stream/playlist.m3u8"),
    /** CRLF, no VERSION; the list lingers for minutes, and goes on where it stopped. */
    NGINX_RTMP("/hls/cam.m3u8"),
    /** A context in the child's query; the old list plays on; numbers begin at 0 again. */
    SRS("/live/livestream.m3u8"),
    /** A cookie check, a session by cookie, gaps at first; nothing without its encoder. */
    MEDIAMTX("/cam/index.m3u8"),
    /** Pulls a stream when it is asked for, and says 404 meanwhile. */
    ZLMEDIAKIT("/live/cam/hls.m3u8"),
    /**
     * The Korean ITS: a redirect to a path with a token that ends each hour, and the list with it.
     */
    ITS("/its/cctv/12?key=aB3+x9/Zk==");

    private final String entry;

    Brand(String entry) {
        this.entry = entry;
    }

    /** Path and query of the entry playlist. */
    public String entry() {
        return entry;
    }

    BrandScript script() {
        return switch (this) {
            case WOWZA -> new WowzaScript();
            case NGINX_RTMP -> new NginxRtmpScript();
            case SRS -> new SrsScript();
            case MEDIAMTX -> new MediamtxScript();
            case ZLMEDIAKIT -> new ZlMediaKitScript();
            case ITS -> new ItsScript();
        };
    }
}
