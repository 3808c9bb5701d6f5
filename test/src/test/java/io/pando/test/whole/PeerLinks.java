package io.pando.test.whole;

import io.pando.zab.sim.SimWire;
import java.util.random.RandomGenerator;

/**
 * Connections between servers: in order and without loss while they last, arbitrarily slow, and gone with everything under way when they
 * end. Of a pair the server with the higher id dials.
 */
final class PeerLinks {
    private static final long REDIAL_NANOS = 20_000_000;

    private final World world;
    private final RandomGenerator random;
    private final SimWire wire = new SimWire();
    private long nextNumber = 1;

    PeerLinks(World world, RandomGenerator random) {
        this.world = world;
        this.random = random;
    }

    SimWire wire() {
        return wire;
    }

    Pipe pipe(long from, long to) {
        return new Pipe(world, random, from, to);
    }

    void dialLater(SimTransport dialer, long other) {
        world.scheduler()
                .in(
                        REDIAL_NANOS / 2 + random.nextLong(REDIAL_NANOS),
                        () -> dialer.host().now(() -> dial(dialer, other)));
    }

    private void dial(SimTransport dialer, long other) {
        if (dialer.isLinkedWith(other)) {
            return;
        }
        long id = dialer.host().serverId();
        SimTransport accepting = world.server(other).transport();
        if (accepting == null
                || !world.paths().isOpen(id, other)
                || !world.paths().isOpen(other, id)) {
            dialLater(dialer, other);
            return;
        }
        long number = nextNumber++;
        SimTransport.End one = new SimTransport.End(dialer, other, number, pipe(id, other));
        SimTransport.End two = new SimTransport.End(accepting, id, number, pipe(other, id));
        one.meet(two);
        dialer.announce(one);
        accepting.announce(two);
    }

    /** The connection between two servers ends now, if there is one; both learn of it when what is under way has arrived. */
    void reset(long one, long other) {
        SimTransport transport = world.server(one).transport();
        if (transport != null) {
            transport.reset(other);
        }
    }
}
