package io.pando.test.bench.client;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Many sessions of one process that do nothing: what each of them costs it in heap and threads. */
public record IdleSessions(int count) {
    static final String WORK = "idle";

    /** Longer than libraries keep threads for callbacks that may come. */
    private static final Duration UNTIL_ALL_IS_IDLE = Duration.ofSeconds(12);

    private static final int CLOSED_AT_A_TIME = 50;

    public IdleSessions {
        if (count < 2) {
            throw new IllegalArgumentException("At least 2 sessions are needed: the first brings what all share.");
        }
    }

    List<String> arguments() {
        return List.of(WORK, Integer.toString(count));
    }

    static IdleSessions of(List<String> arguments) {
        return new IdleSessions(Integer.parseInt(arguments.get(1)));
    }

    Findings run(ClientLibrary library, String server) throws Exception {
        var sessions = new ArrayList<ClientUnderTest>();
        int threadsBefore = threads();
        sessions.add(library.open(server));
        int threadsOfOne = threads() - threadsBefore;
        long heapOfOne = liveHeapBytes();
        while (sessions.size() < count) {
            sessions.add(library.open(server));
        }
        TimeUnit.MILLISECONDS.sleep(UNTIL_ALL_IS_IDLE.toMillis());
        int threadsOfAll = threads() - threadsBefore;
        long heapOfAll = liveHeapBytes();
        closeAll(sessions);
        return new Findings(Map.of(
                Findings.THREADS_OF_ONE, (double) threadsOfOne,
                Findings.THREADS_OF_ALL, (double) threadsOfAll,
                Findings.HEAP_BYTES_EACH, (double) (heapOfAll - heapOfOne) / (count - 1)));
    }

    /** Side by side, because Apache's client pauses for 100 ms whenever one closes. */
    private static void closeAll(List<ClientUnderTest> sessions) {
        try (var closing = Executors.newFixedThreadPool(CLOSED_AT_A_TIME)) {
            sessions.forEach(session -> closing.execute(session::close));
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Twice, because the first collection only finds out what is softly or finally reachable. */
    private static long liveHeapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
