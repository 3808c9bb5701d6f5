package io.pando.recipes.membership;

import io.pando.client.Pando;
import io.pando.client.watch.Handle;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.CachedNode;
import io.pando.recipes.cache.TreeCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Who belongs to a group, kept up to date. No member's latest state is missed and none told twice, across lost connections too. Used by
 * any thread; listeners are called on the client's callback thread.
 */
public final class Members implements AutoCloseable {
    private final TreeCache cache;

    Members(Pando pando, String path) {
        this.cache = new TreeCache(pando, path, 1);
    }

    /** The members, in the order of joining, as far as is known. */
    public List<Member> current() {
        return cache.children(cache.path()).values().stream()
                .map(Members::member)
                .sorted(Comparator.comparingLong(Member::sinceZxid))
                .toList();
    }

    /** See {@link TreeCache#staleSince}. */
    public Optional<Instant> staleSince() {
        return cache.staleSince();
    }

    /** See {@link TreeCache#inSync}. */
    public CompletableFuture<Void> inSync() {
        return cache.inSync();
    }

    /** See {@link TreeCache#awaitInSync}. */
    public void awaitInSync(Duration atMost) throws InterruptedException, TimeoutException {
        cache.awaitInSync(atMost);
    }

    /** Is told of all who are there now, as joining, and of all who come, go or change from then on. */
    public Handle listen(Consumer<MembershipEvent> listener) {
        return cache.listen(event -> {
            if (event instanceof CacheEvent.Updated updated && isMember(updated.node())) {
                listener.accept(event(updated));
            } else if (event instanceof CacheEvent.Removed removed && isMember(removed.node())) {
                listener.accept(new MembershipEvent.Left(member(removed.node())));
            }
        });
    }

    private boolean isMember(CachedNode node) {
        return !node.path().equals(cache.path());
    }

    private static MembershipEvent event(CacheEvent.Updated updated) {
        Member member = member(updated.node());
        if (updated.before().isEmpty()) {
            return new MembershipEvent.Joined(member);
        }
        return updated.before().get().stat().czxid() == member.sinceZxid()
                ? new MembershipEvent.Changed(member)
                : new MembershipEvent.Rejoined(member);
    }

    private static Member member(CachedNode node) {
        return Group.member(ZnodePath.nameOf(node.path()), node.data(), node.stat());
    }

    @Override
    public void close() {
        cache.close();
    }

    @Override
    public String toString() {
        return "members of " + cache.path();
    }
}
