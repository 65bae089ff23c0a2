package cctvout.policy;

import cctvout.maintenance.Maintenance;
import cctvout.maintenance.MaintenanceWindows;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipients;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;
import cctvout.record.Violation;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What people do with policies: each is checked against all it names. Publishers are lazy. */
public final class PolicyDesk {

    private final Database database;
    private final PolicyStore store;
    private final Recipients recipients;
    private final MaintenanceWindows windows;
    private final PolicyRules rules;
    private final boolean degradedOpensIssue;
    private final Language controlRoomLanguage;
    private final Supplier<String> newId;
    private final InstantSource clock;

    public PolicyDesk(
            Database database,
            PolicyStore store,
            Recipients recipients,
            MaintenanceWindows windows,
            PolicyRules rules,
            boolean degradedOpensIssue,
            Language controlRoomLanguage,
            Supplier<String> newId,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.recipients = recipients;
        this.windows = windows;
        this.rules = rules;
        this.degradedOpensIssue = degradedOpensIssue;
        this.controlRoomLanguage = controlRoomLanguage;
        this.newId = newId;
        this.clock = clock;
    }

    /** All, in the order in which they are asked: at most {@link PolicyStore#MAX}. */
    public Mono<List<Policy>> list() {
        return store.all();
    }

    /** Empty where the id is unknown. */
    public Mono<Policy> find(String id) {
        return store.find(id);
    }

    /**
     * The stored one, version 1. Errors with {@link InvalidRecordException} or {@link
     * RecordExistsException}.
     */
    public Mono<Policy> create(Policy policy) {
        return database.inTransaction(
                Mono.defer(
                        () -> {
                            String id = policy.id().isEmpty() ? newId.get() : policy.id();
                            return checked(policy.named(id, 1)).flatMap(store::add);
                        }));
    }

    /**
     * Replaces one. Errors with {@link StaleRecordException}, {@link InvalidRecordException}; empty
     * where the id is unknown.
     */
    public Mono<Policy> update(Policy policy, OptionalLong expectedVersion) {
        return database.inTransaction(
                store.lock(policy.id(), expectedVersion)
                        .flatMap(
                                stored ->
                                        checked(policy.named(stored.id(), stored.version()))
                                                .flatMap(wanted -> replaced(stored, wanted))));
    }

    /** The stored one where it is as wanted already: its version counts changes. */
    private Mono<Policy> replaced(Policy stored, Policy wanted) {
        return wanted.equals(stored)
                ? Mono.just(stored)
                : store.replace(wanted.named(stored.id(), stored.version() + 1));
    }

    /** True where it was there; errors with {@link StaleRecordException}. */
    public Mono<Boolean> delete(String id, OptionalLong expectedVersion) {
        return database.inTransaction(
                store.lock(id, expectedVersion)
                        .flatMap(stored -> store.remove(stored.id()).thenReturn(true))
                        .defaultIfEmpty(false));
    }

    private Mono<Policy> checked(Policy policy) {
        return Mono.zip(store.ground(policy.match()), parties())
                .map(
                        read -> {
                            List<Violation> wrong =
                                    rules.violations(policy, read.getT2(), read.getT1());
                            if (!wrong.isEmpty()) {
                                throw new InvalidRecordException(wrong);
                            }
                            return policy;
                        });
    }

    private Mono<Parties> parties() {
        return recipients.all().map(all -> new Parties(all, controlRoomLanguage));
    }

    /**
     * Who would be told of it, decided as it would be in earnest.
     *
     * @param at null for now
     */
    public Mono<Trial> attempt(Fault fault, @Nullable Instant at) {
        return Mono.zip(store.all(), parties(), windows.all())
                .map(
                        read ->
                                Trial.of(
                                        fault,
                                        new Policies(read.getT1(), degradedOpensIssue),
                                        read.getT2(),
                                        at == null ? clock.instant() : at,
                                        new Maintenance(read.getT3())));
    }
}
