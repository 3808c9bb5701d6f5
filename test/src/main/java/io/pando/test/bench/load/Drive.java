package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Loads servers with requests of one kind through windows, for a time or until there are no more.
 *
 * <p>Opens its sessions before and closes them after, outside of what is measured.
 */
public final class Drive {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_FOR_ALL = Duration.ofMinutes(30);

    private final List<InetSocketAddress> servers;
    private final int connections;
    private final int outstanding;

    /** Each of the connections has up to {@code outstanding} requests in flight. */
    public Drive(List<InetSocketAddress> servers, int connections, int outstanding) {
        this.servers = servers;
        this.connections = connections;
        this.outstanding = outstanding;
    }

    /** Loads for {@code warmUp} and then for {@code time}, which is what the tally covers. */
    public Tally runFor(Duration warmUp, Duration time, IntFunction<Requests> requestsOfConnection) {
        return run(requestsOfConnection, (loop, tally, windows) -> {
            loop.runFor(warmUp);
            tally.begin();
            loop.runFor(time);
            tally.end();
        });
    }

    /** Loads until all requests are answered. */
    public Tally runAll(Requests requests) {
        return run(i -> requests, (loop, tally, windows) -> {
            tally.begin();
            loop.runUntil(() -> !requests.more() && allEmpty(windows), PATIENCE_FOR_ALL, "all requests to be answered");
            tally.end();
        });
    }

    private Tally run(IntFunction<Requests> requestsOfConnection, Course course) {
        try (var loop = new LoadLoop();
                var sessions = Sessions.open(loop, servers, connections)) {
            var tally = new Tally();
            var windows = new ArrayList<Window>();
            for (var connection : sessions.connections()) {
                var window = new Window(loop, tally, requestsOfConnection.apply(windows.size()), outstanding);
                windows.add(window);
                connection.converse(window);
            }
            sessions.connections().forEach(connection -> connection.begin());
            course.run(loop, tally, windows);
            loop.runUntil(() -> allEmpty(windows), PATIENCE, "the last replies");
            return tally;
        }
    }

    private static boolean allEmpty(List<Window> windows) {
        return windows.stream().allMatch(Window::isEmpty);
    }

    @FunctionalInterface
    private interface Course {
        void run(LoadLoop loop, Tally tally, List<Window> windows);
    }
}
