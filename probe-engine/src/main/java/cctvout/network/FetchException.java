package cctvout.network;

import java.io.IOException;

/** A document did not come; says why in plain words, and never from which URL. */
public final class FetchException extends IOException {

    public FetchException(String why) {
        super(why);
    }
}
