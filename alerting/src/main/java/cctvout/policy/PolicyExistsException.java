package cctvout.policy;

/** There is a policy of this id already. */
public final class PolicyExistsException extends RuntimeException {

    public PolicyExistsException(String id) {
        super("policy " + id + " exists already");
    }
}
