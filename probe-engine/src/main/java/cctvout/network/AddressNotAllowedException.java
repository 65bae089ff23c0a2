package cctvout.network;

import java.io.IOException;

/** The host has no address that may be connected to; says which setting names those that may. */
public final class AddressNotAllowedException extends IOException {
    AddressNotAllowedException(String setting) {
        super("address not allowed by " + setting);
    }
}
