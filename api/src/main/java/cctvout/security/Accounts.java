package cctvout.security;

import reactor.core.publisher.Mono;

/** The stored accounts. All publishers are lazy. */
interface Accounts {

    /** Empty where the name is unknown. */
    Mono<Account> find(String name);

    /** False where one of that name is there already: it stays as it is. */
    Mono<Boolean> create(Account account);

    Mono<Void> changePassword(Account account);
}
