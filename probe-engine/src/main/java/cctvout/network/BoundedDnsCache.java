package cctvout.network;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Netty's cache, which forgets by time alone, with a limit on how many names it keeps. */
final class BoundedDnsCache implements DnsCache {

    private final DefaultDnsCache entries;
    private final Map<String, Boolean> names;

    BoundedDnsCache(int limit, int maxTtlSeconds) {
        entries = new DefaultDnsCache(0, maxTtlSeconds, 0);
        names =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                        boolean full = size() > limit;
                        if (full) {
                            entries.clear(eldest.getKey());
                        }
                        return full;
                    }
                };
    }

    @Override
    public synchronized void clear() {
        names.clear();
        entries.clear();
    }

    @Override
    public synchronized boolean clear(String hostname) {
        names.remove(hostname);
        return entries.clear(hostname);
    }

    @Override
    public synchronized @Nullable List<? extends DnsCacheEntry> get(
            String hostname, DnsRecord @Nullable [] additionals) {
        names.get(hostname); // now the latest used
        return entries.get(hostname, additionals);
    }

    @Override
    public synchronized DnsCacheEntry cache(
            String hostname,
            DnsRecord @Nullable [] additionals,
            InetAddress address,
            long originalTtl,
            EventLoop loop) {
        names.put(hostname, true);
        return entries.cache(hostname, additionals, address, originalTtl, loop);
    }

    @Override
    public DnsCacheEntry cache(
            String hostname, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
        return entries.cache(hostname, additionals, cause, loop); // negative TTL 0: not kept
    }

    synchronized int size() {
        return names.size();
    }
}
