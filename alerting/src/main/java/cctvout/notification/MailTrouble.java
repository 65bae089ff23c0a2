package cctvout.notification;

import cctvout.notification.Delivery.Failed;
import cctvout.notification.FailureCause.Code;

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

    private MailTrouble() {}

    /**
     * @param handedOver the mail itself was on its way: the server may have it
     */
    static Failed of(Exception failure, boolean handedOver) {
        SMTPAddressFailedException address = cause(failure, SMTPAddressFailedException.class);
        if (address != null) {
            // of this recipient, not of the server; 4xx, such as a full mailbox, may be over soon
            int code = address.getReturnCode();
            FailureCause refused = FailureCause.of(Code.MAIL_REFUSED, code);
            return code >= 500 ? new Failed(refused, false, true) : Failed.itself(refused);
        }
        SMTPSendFailedException mail = cause(failure, SMTPSendFailedException.class);
        if (mail != null) {
            int code = mail.getReturnCode();
            boolean answered = code > 0;
            FailureCause cause =
                    answered
                            ? FailureCause.of(Code.MAIL_REFUSED, code)
                            : FailureCause.of(Code.MAIL_HUNG_UP);
            return new Failed(cause, handedOver && !answered, false);
        }
        SMTPSenderFailedException sender = cause(failure, SMTPSenderFailedException.class);
        if (sender != null) {
            return Failed.refused(
                    FailureCause.of(Code.MAIL_SENDER_REFUSED, sender.getReturnCode()));
        }
        if (cause(failure, AuthenticationFailedException.class) != null) {
            return Failed.refused(FailureCause.of(Code.MAIL_LOGIN_REFUSED));
        }
        return new Failed(
                handedOver ? Code.MAIL_HUNG_UP : Code.MAIL_NOT_REACHED, handedOver, false);
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
