package io.pando.server.connection;

import io.pando.datatree.Id;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there may be, in all and from one address. Shared by the event loops; the counters are where they
 * meet.
 */
final class ConnectionLimits {
    private final int maxTotal;
    private final int maxPerAddress;
    private final Function<InetAddress, List<Id>> identities;
    private final AtomicInteger total = new AtomicInteger();

    /** By its text, which has the scope of an IPv6 address too: behind another interface, the same address is another host. */
    private final ConcurrentHashMap<String, Present> byAddress = new ConcurrentHashMap<>();

    private record Present(ClientAddress address, int connections) {
        Present and(int more) {
            return new Present(address, connections + more);
        }
    }

    /**
     * Both limits are 1 or more, or 0 for none.
     *
     * @param maxTotal connections in all
     * @param maxPerAddress connections from one address
     * @param identities that an address alone stands for
     */
    ConnectionLimits(int maxTotal, int maxPerAddress, Function<InetAddress, List<Id>> identities) {
        this.maxTotal = maxTotal;
        this.maxPerAddress = maxPerAddress;
        this.identities = identities;
    }

    /** Counts a new connection in, until it is {@link #release}d; null, and not counted, if that would be one too many. */
    @Nullable
    ClientAddress admit(InetAddress ip) {
        if (total.incrementAndGet() > maxTotal && maxTotal > 0) {
            total.decrementAndGet();
            return null;
        }
        Present present = byAddress.compute(
                ip.getHostAddress(), (text, others) -> others == null ? new Present(addressOf(ip), 1) : others.and(1));
        if (present.connections() > maxPerAddress && maxPerAddress > 0) {
            release(present.address());
            return null;
        }
        return present.address();
    }

    private ClientAddress addressOf(InetAddress ip) {
        return new ClientAddress(ip, identities.apply(ip));
    }

    /** Counts an admitted connection out. */
    void release(ClientAddress address) {
        total.decrementAndGet();
        byAddress.computeIfPresent(
                address.ip().getHostAddress(), (text, all) -> all.connections() == 1 ? null : all.and(-1));
    }
}
