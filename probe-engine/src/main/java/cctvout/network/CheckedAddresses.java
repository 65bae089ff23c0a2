package cctvout.network;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Names become addresses, and addresses are judged, at each connect: what is connected to is what
 * was judged, so a name that changes its address in between gains nothing.
 */
public final class CheckedAddresses extends AddressResolverGroup<InetSocketAddress> {

    private final HostResolver hosts;
    private final AllowedNetworks networks;
    private final String setting;

    /**
     * @param setting that names the networks, for the error: {@link AddressNotAllowedException}
     */
    public CheckedAddresses(HostResolver hosts, AllowedNetworks networks, String setting) {
        this.hosts = hosts;
        this.networks = networks;
        this.setting = setting;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Checked(executor);
    }

    private AddressNotAllowedException refused() {
        return new AddressNotAllowedException(setting);
    }

    private final class Checked extends AbstractAddressResolver<InetSocketAddress> {

        Checked(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            // a literal is judged too
            return false;
        }

        @Override
        protected void doResolve(InetSocketAddress given, Promise<InetSocketAddress> promise) {
            allowed(given).map(List::getFirst).toFuture().whenComplete(into(promise));
        }

        @Override
        protected void doResolveAll(
                InetSocketAddress given, Promise<List<InetSocketAddress>> promise) {
            allowed(given).toFuture().whenComplete(into(promise));
        }

        private <T> BiConsumer<@Nullable T, @Nullable Throwable> into(Promise<T> promise) {
            return (value, failure) -> {
                if (value != null) {
                    promise.trySuccess(value);
                } else {
                    promise.tryFailure(failure == null ? refused() : failure);
                }
            };
        }

        private Mono<List<InetSocketAddress>> allowed(InetSocketAddress given) {
            Mono<List<InetAddress>> found =
                    given.getAddress() == null
                            ? hosts.resolve(given.getHostString())
                            : Mono.just(List.of(given.getAddress()));
            return found.map(
                            addresses ->
                                    addresses.stream()
                                            .filter(networks::allows)
                                            .map(
                                                    address ->
                                                            new InetSocketAddress(
                                                                    address, given.getPort()))
                                            .toList())
                    .filter(all -> !all.isEmpty())
                    .switchIfEmpty(Mono.error(CheckedAddresses.this::refused));
        }
    }
}
