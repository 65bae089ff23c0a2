package cctvout.notification;

import java.io.IOException;

/** The host has no address that notices may be sent to. */
final class AddressNotAllowedException extends IOException {
    AddressNotAllowedException() {
        super("address not allowed by cctvout.notification.allowed-networks");
    }
}
