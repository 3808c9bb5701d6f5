package io.pando.zab.sim;

import io.pando.zab.core.Event;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Connections between servers: in order and without loss while they last, arbitrarily slow, and gone with everything under way when
 * they end. Paths can be cut in one direction or both; then both ends go on believing in their link.
 */
final class SimNetwork {
    private static final long REDIAL_NANOS = 10_000_000;
    private static final long RESEND_NANOS = 50_000_000;

    private final SimCluster cluster;
    private final RandomGenerator random;
    private final Profile profile;
    private final Scheduler scheduler;
    private final SimWire wire = new SimWire();
    // Directed paths on which nothing arrives.
    private final Set<Long> cut = new HashSet<>();
    private final TreeMap<Long, Connection> connections = new TreeMap<>();
    private boolean reliable;
    private long nextNumber = 1;

    private record UnderWay(long arrivesAtNanos, Event event) {}

    /** Both ends of one connection. Each end closes for itself. */
    private static final class Connection {
        final long number;
        final long one;
        final long other;
        final Set<Long> openEnds = new HashSet<>();
        // What is under way to each end, in order.
        final TreeMap<Long, Deque<UnderWay>> underWay = new TreeMap<>();

        Connection(long number, long one, long other) {
            this.number = number;
            this.one = one;
            this.other = other;
        }

        long peerOf(long end) {
            return end == one ? other : one;
        }
    }

    SimNetwork(SimCluster cluster, Scheduler scheduler, RandomGenerator random, Profile profile) {
        this.cluster = cluster;
        this.scheduler = scheduler;
        this.random = random;
        this.profile = profile;
    }

    private long path(long from, long to) {
        return from * 1000 + to;
    }

    void cut(long from, long to) {
        cut.add(path(from, to));
    }

    void heal() {
        cut.clear();
    }

    void heal(long one, long other) {
        cut.remove(path(one, other));
        cut.remove(path(other, one));
    }

    /** The connection between two servers ends now, if there is one. */
    void reset(long one, long other) {
        Connection connection = connected(one, other);
        if (connection != null) {
            reset(connection);
        }
    }

    /** Somebody speaks in the name of a server. */
    void inject(long from, long to, Message message) {
        Connection connection = connected(from, to);
        if (connection != null) {
            arrive(connection, to, new Event.Received(new Link(from, connection.number), message));
        }
    }

    /** From here on no link breaks by itself. */
    void becomeReliable() {
        reliable = true;
        heal();
    }

    private boolean isOpen(long from, long to) {
        return !cut.contains(path(from, to));
    }

    /** A server has started: it dials everybody, and is dialed. */
    void started(long id) {
        for (SimNode node : cluster.nodes()) {
            if (node.id() != id) {
                dialLater(id, node.id());
            }
        }
    }

    private void dialLater(long one, long other) {
        scheduler.in(REDIAL_NANOS / 2 + random.nextLong(REDIAL_NANOS), () -> dial(one, other));
    }

    private void dial(long one, long other) {
        if (!cluster.node(one).isUp() || !cluster.node(other).isUp() || connected(one, other) != null) {
            return;
        }
        if (!isOpen(one, other) || !isOpen(other, one)) {
            dialLater(one, other);
            return;
        }
        Connection connection = new Connection(nextNumber++, one, other);
        connections.put(connection.number, connection);
        connection.openEnds.add(one);
        connection.openEnds.add(other);
        announce(connection, one);
        announce(connection, other);
    }

    private @Nullable Connection connected(long one, long other) {
        for (Connection connection : connections.values()) {
            boolean same = (connection.one == one && connection.other == other)
                    || (connection.one == other && connection.other == one);
            if (same && connection.openEnds.size() == 2) {
                return connection;
            }
        }
        return null;
    }

    private void announce(Connection connection, long end) {
        SimNode peer = cluster.node(connection.peerOf(end));
        Hello hello = peer.hello();
        arrive(connection, end, new Event.LinkUp(new Link(peer.id(), connection.number), hello));
    }

    void send(long from, Link link, Message message) {
        Connection connection = connections.get(link.number());
        if (connection == null || !connection.openEnds.contains(from)) {
            return;
        }
        if (!reliable && random.nextInt(profile.resetEvery()) == 0) {
            reset(connection);
            return;
        }
        arrive(connection, link.serverId(), new Event.Received(new Link(from, link.number()), wire.carried(message)));
    }

    private void arrive(Connection connection, long at, Event event) {
        long delay = (long) (-Math.log(1 - random.nextDouble()) * profile.meanDelayNanos());
        if (!reliable && random.nextInt(profile.clogEvery()) == 0) {
            delay *= 20;
        }
        Deque<UnderWay> queue = connection.underWay.computeIfAbsent(at, end -> new ArrayDeque<>());
        queue.add(new UnderWay(scheduler.nowNanos() + delay, event));
        if (queue.size() == 1) {
            deliverNext(connection, at, queue);
        }
    }

    private void deliverNext(Connection connection, long at, Deque<UnderWay> queue) {
        scheduler.at(queue.element().arrivesAtNanos(), () -> {
            long from = connection.peerOf(at);
            if (!connection.openEnds.contains(at)) {
                queue.clear();
            } else if (!isOpen(from, at)) {
                // Sent again until it arrives, like everything on a connection that lasts.
                scheduler.in(RESEND_NANOS, () -> deliverNext(connection, at, queue));
            } else {
                Event event = queue.remove().event();
                if (!queue.isEmpty()) {
                    deliverNext(connection, at, queue);
                }
                cluster.node(at).receive(event);
            }
        });
    }

    /** One end closes: it hears nothing more; the other end learns of it, unless the path is cut. */
    void close(long end, Link link) {
        Connection connection = connections.get(link.number());
        if (connection != null && connection.openEnds.remove(end)) {
            loseSoon(connection, connection.peerOf(end));
            redialWhenGone(connection);
        }
    }

    private void reset(Connection connection) {
        loseSoon(connection, connection.one);
        loseSoon(connection, connection.other);
        redialWhenGone(connection);
    }

    /** What is under way to this end may still arrive; then it learns that the connection is gone, at some time. */
    private void loseSoon(Connection connection, long end) {
        boolean noticed = reliable || random.nextInt(10) != 0;
        long delay = noticed ? random.nextLong(2 * profile.meanDelayNanos() + 1) : random.nextLong(2_000_000_000L);
        scheduler.in(delay, () -> lose(connection, end));
    }

    private void lose(Connection connection, long end) {
        if (connection.openEnds.remove(end)) {
            Link link = new Link(connection.peerOf(end), connection.number);
            cluster.node(end).receive(new Event.LinkDown(link, "reset"));
        }
    }

    private void redialWhenGone(Connection connection) {
        connections.remove(connection.number);
        dialLater(connection.one, connection.other);
    }

    /** The process at this end is gone. */
    void crashed(long id) {
        List<Connection> its = new ArrayList<>(connections.values());
        for (Connection connection : its) {
            if (connection.one == id || connection.other == id) {
                connection.openEnds.remove(id);
                loseSoon(connection, connection.peerOf(id));
                connections.remove(connection.number);
            }
        }
    }
}
