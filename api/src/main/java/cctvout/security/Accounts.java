package cctvout.security;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored accounts. All publishers are lazy. */
interface Accounts {

    /** Empty where the name is unknown. */
    Mono<Account> find(String name);

    /** In the order of their names; there are at most {@code cctvout.security.max-accounts}. */
    Flux<Account> all();

    /** False where one of that name is there already: it stays as it is. */
    Mono<Boolean> create(Account account);

    Mono<Void> changePassword(String name, String passwordHash);

    /**
     * The account as it is then; empty where there is none of that name and version.
     *
     * @param passwordHash null leaves the password
     */
    Mono<Account> update(Account account, @Nullable String passwordHash);

    /** Those of a recipient may do nothing from now on; how many could until then. */
    Mono<Long> disableOf(String recipientId);

    /** False where there is none of that name and version. Its tokens and sessions go with it. */
    Mono<Boolean> delete(String name, long version);
}
