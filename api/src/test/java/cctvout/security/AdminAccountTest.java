package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class AdminAccountTest {

    private static final Pattern SHOWN = Pattern.compile("with the password +(\\S+)");

    private final PasswordEncoder encoder =
            PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final MemoryAccounts accounts = new MemoryAccounts();

    @Test
    void showsAMadeUpPasswordOnceAndKeepsItsHashAlone() {
        String first = start(null);
        Matcher shown = SHOWN.matcher(first);
        assertThat(shown.find()).isTrue();
        String password = shown.group(1);
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(hash()).startsWith("{bcrypt}").doesNotContain(password);
        assertThat(encoder.matches(password, hash())).isTrue();

        assertThat(start(null)).isEmpty();
        assertThat(encoder.matches(password, hash())).isTrue();
    }

    @Test
    void takesThePasswordOfTheSettingsAlsoLater() {
        assertThat(start("first one")).isEmpty();
        String before = hash();
        assertThat(encoder.matches("first one", before)).isTrue();
        assertThat(start("first one")).isEmpty();
        assertThat(hash()).isEqualTo(before);
        start("another");
        assertThat(encoder.matches("another", hash())).isTrue();
    }

    private String hash() {
        return Objects.requireNonNull(accounts.stored.get(Account.ADMIN)).passwordHash();
    }

    @Test
    void whereTheLogIsForMachinesThePasswordIsOneLineOfJsonToo() {
        String shown = start(null, true);
        assertThat(shown.strip().lines()).hasSize(1);
        String message = JsonMapper.shared().readTree(shown).get("message").asString();
        String password = message.replaceFirst(".*password (\\S+);.*", "$1");
        assertThat(encoder.matches(password, hash())).isTrue();
    }

    private String start(@Nullable String wanted) {
        return start(wanted, false);
    }

    private String start(@Nullable String wanted, boolean structured) {
        var console = new ByteArrayOutputStream();
        var print = new PrintStream(console, true, StandardCharsets.UTF_8);
        var admin =
                new AdminAccount(
                        accounts, encoder, Schedulers.boundedElastic(), wanted, print, structured);
        StepVerifier.create(admin.ready()).expectComplete().verify(Duration.ofSeconds(20));
        return console.toString(StandardCharsets.UTF_8);
    }

    private static final class MemoryAccounts implements Accounts {

        private final Map<String, Account> stored = new ConcurrentHashMap<>();

        @Override
        public Mono<Account> find(String name) {
            return Mono.fromSupplier(() -> stored.get(name));
        }

        @Override
        public Mono<Boolean> create(Account account) {
            return Mono.fromSupplier(() -> stored.putIfAbsent(account.name(), account) == null);
        }

        @Override
        public Mono<Void> changePassword(String name, String passwordHash) {
            return Mono.fromRunnable(() -> stored.put(name, Account.admin(passwordHash)));
        }

        @Override
        public Flux<Account> all() {
            return Flux.fromIterable(stored.values());
        }

        @Override
        public Mono<Account> update(Account account, @Nullable String passwordHash) {
            return Mono.error(new UnsupportedOperationException("not asked of an admin account"));
        }

        @Override
        public Mono<Long> disableOf(String recipientId) {
            return Mono.error(new UnsupportedOperationException("not asked of an admin account"));
        }

        @Override
        public Mono<Boolean> delete(String name, long version) {
            return Mono.fromSupplier(() -> stored.remove(name) != null);
        }
    }
}
