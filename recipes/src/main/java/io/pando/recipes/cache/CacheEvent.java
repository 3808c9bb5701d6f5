package io.pando.recipes.cache;

import java.time.Instant;
import java.util.Optional;

/** What a cache tells its listeners. */
public sealed interface CacheEvent {
    /**
     * A znode is there, or is there in another state than the one that was told last.
     *
     * @param before what was told last of this path; empty if it was absent. Versions in between may have been jumped over, never the
     *     latest
     */
    record Updated(CachedNode node, Optional<CachedNode> before) implements CacheEvent {}

    /**
     * A znode is gone.
     *
     * @param node what was told of it last
     */
    record Removed(CachedNode node) implements CacheEvent {}

    /**
     * All that had happened up to some moment has been told.
     *
     * @param asOfZxid see {@link TreeCache#asOfZxid}
     */
    record InSync(long asOfZxid) implements CacheEvent {}

    /**
     * There is no connection any more, and the cache grows old.
     *
     * @param since when that was noticed
     */
    record Stale(Instant since) implements CacheEvent {}
}
