package io.pando.test.bench.workload;

/**
 * How much there is of everything: a step of what grows has one of these larger, and the others as they usually are.
 *
 * @param znodes that the server holds, and among which requests choose
 * @param dataBytes of each of them
 * @param sessions that load the server at the same time, each with one request in flight; 0 for the usual 8 with 32
 * @param watches that are set, on other znodes, by up to a thousand sessions
 * @param servers that agree
 */
public record Extent(int znodes, int dataBytes, int sessions, int watches, int servers) {
    public static final Extent USUAL = new Extent(10_000, 100, 0, 0, 1);

    private static final int MOST_WATCHING_SESSIONS = 1_000;

    public Extent {
        if (watches > MOST_WATCHING_SESSIONS && watches % MOST_WATCHING_SESSIONS != 0) {
            throw new IllegalArgumentException(
                    "So many watches are not shared evenly by a thousand sessions: " + watches);
        }
    }

    public Extent withZnodes(int count) {
        return new Extent(count, dataBytes, sessions, watches, servers);
    }

    public Extent withDataBytes(int bytes) {
        return new Extent(znodes, bytes, sessions, watches, servers);
    }

    public Extent withSessions(int count) {
        return new Extent(znodes, dataBytes, count, watches, servers);
    }

    public Extent withWatches(int count) {
        return new Extent(znodes, dataBytes, sessions, count, servers);
    }

    public Extent withServers(int count) {
        return new Extent(znodes, dataBytes, sessions, watches, count);
    }

    int watchingSessions() {
        return Math.min(watches, MOST_WATCHING_SESSIONS);
    }

    /** Each of them by all the sessions that watch. */
    int watchedZnodes() {
        return watches == 0 ? 0 : watches / watchingSessions();
    }
}
