package cctvout.notification;

import cctvout.notification.Delivery.Failed;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server's refusal means. Its own words may hold an address or a user's name: its code
 * alone is told.
 */
final class MailTrouble {

    private static final String REFUSED = "mail server refused the mail ";

    private MailTrouble() {}

    /**
     * @param handedOver the mail itself was on its way: the server may have it
     */
    static Failed of(Exception failure, boolean handedOver) {
        SMTPAddressFailedException address = cause(failure, SMTPAddressFailedException.class);
        if (address != null) {
            // of this recipient, not of the server; 4xx, such as a full mailbox, may be over soon
            int code = address.getReturnCode();
            return code >= 500
                    ? new Failed(REFUSED + code, false, true)
                    : Failed.itself(REFUSED + code);
        }
        SMTPSendFailedException mail = cause(failure, SMTPSendFailedException.class);
        if (mail != null) {
            int code = mail.getReturnCode();
            String error = code > 0 ? REFUSED + code : "mail server hung up";
            boolean answered = code > 0;
            return new Failed(error, handedOver && !answered, false);
        }
        SMTPSenderFailedException sender = cause(failure, SMTPSenderFailedException.class);
        if (sender != null) {
            return Failed.refused("mail server refused the sender " + sender.getReturnCode());
        }
        if (cause(failure, AuthenticationFailedException.class) != null) {
            return Failed.refused("mail server refused the user name or password");
        }
        return new Failed(
                handedOver ? "mail server hung up" : "mail server not reached", handedOver, false);
    }

    private static <T extends Exception> @Nullable T cause(Exception failure, Class<T> type) {
        for (Exception each = failure;
                each != null;
                each = each instanceof MessagingException more ? more.getNextException() : null) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
