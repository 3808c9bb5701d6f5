package io.pando.test.torture;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What servers said about znodes, as those who lie have heard it. Used by the threads of all connections; its monitor guards it. */
final class Memory {
    private static final long OLD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<String, Stat> stats = new HashMap<>();
    private final Map<String, Told> told = new HashMap<>();

    /** A stat as it stands on the wire, and the version in it. */
    record Stat(ByteBuffer bytes, int version) {}

    private record Told(ByteBuffer body, long nanos) {}

    synchronized void learn(String path, Stat stat) {
        stats.merge(path, stat, (known, other) -> other.version() > known.version() ? other : known);
    }

    synchronized @Nullable Stat stat(String path) {
        return stats.get(path);
    }

    /**
     * What was told of a znode a while ago. What is told now is kept for later, if there is nothing yet, or what there is has got too old.
     */
    synchronized Optional<ByteBuffer> earlier(String path, ByteBuffer now) {
        long nanos = System.nanoTime();
        Told before = told.get(path);
        if (before == null || nanos - before.nanos() > OLD_NANOS) {
            told.put(path, new Told(now, nanos));
            return Optional.empty();
        }
        return Optional.of(before.body());
    }
}
