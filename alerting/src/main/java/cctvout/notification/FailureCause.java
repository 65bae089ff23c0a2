package cctvout.notification;

/**
 * Why a try failed: a code, which the texts have words for in each language, and what REST says of
 * it. Holds no secret.
 *
 * @param figure what is to be known besides, such as a status; empty where there is nothing
 */
public record FailureCause(Code code, String figure) {

    /** Each with its sentence in REST, {@code lastError}. */
    public enum Code {
        HTTP_STATUS("HTTP {figure}"),
        GATEWAY_SAYS_NO("HTTP {figure}, and its answer says no"),
        GATEWAY_UNCLEAR("HTTP {figure}, and its answer does not say yes"),
        NOT_A_URL("not a URL"),
        ADDRESS_NOT_ALLOWED("{figure}"),
        HOST_UNKNOWN("host name unknown"),
        NO_ROUTE("no route to host"),
        CONNECT_TIMEOUT("connect timeout"),
        CONNECTION_REFUSED("connection refused"),
        NO_CONNECTION("no connection"),
        NO_CONNECTION_IN_TIME("no connection within {figure} ms"),
        CONNECTION_LOST("connection lost"),
        NO_ANSWER("no answer within {figure} ms"),
        TLS_FAILED("TLS failed"),
        MAIL_REFUSED("mail server refused the mail {figure}"),
        MAIL_SENDER_REFUSED("mail server refused the sender {figure}"),
        MAIL_LOGIN_REFUSED("mail server refused the user name or password"),
        MAIL_NOT_REACHED("mail server not reached"),
        MAIL_HUNG_UP("mail server hung up"),
        MAIL_NO_ANSWER("mail server: no answer within {figure}"),
        MAIL_QUEUE_FULL("more waits than cctvout.notification.email.queue lets"),
        NO_SUCH_CHANNEL("recipient has no such channel any more"),
        NO_WEBHOOK("the recipient's channel is no webhook"),
        NO_SLACK_HOOK("the recipient's channel is no Slack hook"),
        NO_NUMBER("the recipient has no number"),
        NO_MAIL_ADDRESS("the recipient has no e-mail address"),
        RECIPIENT_REMOVED("recipient removed"),
        INTERNAL("internal");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }

    static FailureCause of(Code code) {
        return new FailureCause(code, "");
    }

    static FailureCause of(Code code, Object figure) {
        return new FailureCause(code, figure.toString());
    }

    public static FailureCause http(int status) {
        return of(Code.HTTP_STATUS, status);
    }

    public String sentence() {
        return code.sentence.replace("{figure}", figure);
    }
}
