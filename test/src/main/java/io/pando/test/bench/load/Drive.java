package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Loads servers with requests of one kind, for a time or until there are no more: as fast as replies come, or at a rate.
 *
 * <p>Opens its sessions before and closes them after, outside of what is measured.
 */
public final class Drive {
    /** In place of a rate. */
    public static final int AS_FAST_AS_POSSIBLE = 0;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_FOR_ALL = Duration.ofMinutes(30);

    private final List<InetSocketAddress> servers;
    private final int connections;
    private final int outstanding;
    private final int perSecond;
    private final Opener opener;

    /** Each of the connections has up to {@code outstanding} requests in flight, always. */
    public Drive(List<InetSocketAddress> servers, int connections, int outstanding) {
        this(servers, connections, outstanding, AS_FAST_AS_POSSIBLE);
    }

    /** All connections together send {@code perSecond} requests, as long as no more than that are in flight. */
    public Drive(List<InetSocketAddress> servers, int connections, int outstanding, int perSecond) {
        this(servers, connections, outstanding, perSecond, Sessions::open);
    }

    private Drive(List<InetSocketAddress> servers, int connections, int outstanding, int perSecond, Opener opener) {
        this.servers = servers;
        this.connections = connections;
        this.outstanding = outstanding;
        this.perSecond = perSecond;
        this.opener = opener;
    }

    /** Of a server that knows no sessions and only sends back what it gets. */
    public static Drive ofEcho(List<InetSocketAddress> servers, int connections, int outstanding) {
        return new Drive(servers, connections, outstanding, AS_FAST_AS_POSSIBLE, BareConnections::open);
    }

    /** Loads for {@code warmUp} and then for {@code time}, which is what the tally covers. */
    public Tally runFor(Duration warmUp, Duration time, IntFunction<Requests> requestsOfConnection) {
        return run(requestsOfConnection, (loop, tally, inFlight) -> {
            loop.runFor(warmUp);
            tally.begin();
            loop.runFor(time);
            tally.end();
        });
    }

    /** Loads until all requests are answered. */
    public Tally runAll(Requests requests) {
        return run(i -> requests, (loop, tally, inFlight) -> {
            tally.begin();
            loop.runUntil(
                    () -> !requests.more() && allEmpty(inFlight), PATIENCE_FOR_ALL, "all requests to be answered");
            tally.end();
        });
    }

    private Tally run(IntFunction<Requests> requestsOfConnection, Course course) {
        try (var loop = new LoadLoop();
                var opened = opener.open(loop, servers, connections)) {
            var tally = new Tally();
            var inFlight = new ArrayList<InFlight>();
            for (var connection : opened.connections()) {
                var requests = requestsOfConnection.apply(inFlight.size());
                inFlight.add(new InFlight(outstanding));
                connection.converse(conversation(connection, loop, tally, requests, inFlight));
            }
            opened.connections().forEach(Connection::begin);
            course.run(loop, tally, inFlight);
            loop.runUntil(() -> allEmpty(inFlight), PATIENCE, "the last replies");
            return tally;
        }
    }

    /** Of the connection that was given the last of {@code inFlight}. */
    private Conversation conversation(
            Connection connection, LoadLoop loop, Tally tally, Requests requests, List<InFlight> inFlight) {
        if (perSecond == AS_FAST_AS_POSSIBLE) {
            return new Window(loop, tally, requests, inFlight.getLast());
        }
        // Connections take turns, so that together they send at even distances.
        long interval = NANOS_PER_SECOND * connections / perSecond;
        long first = System.nanoTime() + interval * inFlight.size() / connections;
        var schedule = new Schedule(connection, loop, tally, requests, inFlight.getLast(), first, interval);
        loop.tick(schedule);
        return schedule;
    }

    private static boolean allEmpty(List<InFlight> inFlight) {
        return inFlight.stream().allMatch(InFlight::isEmpty);
    }

    @FunctionalInterface
    private interface Opener {
        Opened open(LoadLoop loop, List<InetSocketAddress> servers, int count);
    }

    @FunctionalInterface
    private interface Course {
        void run(LoadLoop loop, Tally tally, List<InFlight> inFlight);
    }
}
