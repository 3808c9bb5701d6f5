package io.pando.recipes.cache;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What a cache shows to any thread. Written in the turns of its {@link Gardener} alone. */
final class Picture {
    private final ConcurrentNavigableMap<String, CachedNode> nodes = new ConcurrentSkipListMap<>();
    private final CompletableFuture<Void> firstSync = new CompletableFuture<>();
    private volatile long asOfZxid;
    private volatile @Nullable Instant staleSince = Instant.now();

    ConcurrentNavigableMap<String, CachedNode> nodes() {
        return nodes;
    }

    long asOfZxid() {
        return asOfZxid;
    }

    Optional<Instant> staleSince() {
        return Optional.ofNullable(staleSince);
    }

    CompletableFuture<Void> firstSync() {
        return firstSync;
    }

    boolean isStale() {
        return staleSince != null;
    }

    void isCurrent(long zxid) {
        asOfZxid = zxid;
        staleSince = null;
        firstSync.complete(null);
    }

    Instant growsOld() {
        Instant now = Instant.now();
        staleSince = now;
        return now;
    }
}
