package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.znodes.Violations;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WishTest {
    private final Violations violations = new Violations();
    private Wish wish = new Wish("watcher", "/w", WatchKind.DATA, violations);

    @BeforeEach
    void leave() {
        wish.isLeft(5);
    }

    private void leaveForExistence(long zxid) {
        wish = new Wish("watcher", "/w", WatchKind.EXISTENCE, violations);
        wish.isLeft(zxid);
    }

    @Test
    void told_once_and_then_seeing_something_newer_is_fine() {
        wish.sees(5);
        assertFalse(wish.isOver());
        tell(EventType.None, null);
        tell(EventType.NodeDataChanged, "/w");
        wish.sees(6);

        assertTrue(wish.isOver());
        assertWrongs(0);
    }

    @Test
    void something_newer_must_not_be_seen_before_it_is_told() {
        wish.sees(6);

        assertWrongs(1);
    }

    @Test
    void what_is_told_must_have_happened() {
        tell(EventType.NodeDataChanged, "/w");
        wish.sees(5);

        assertWrongs(1);
    }

    @Test
    void nobody_is_told_twice() {
        tell(EventType.NodeDataChanged, "/w");
        tell(EventType.NodeDataChanged, "/w");

        assertWrongs(1);
    }

    @Test
    void nobody_is_told_something_else() {
        tell(EventType.NodeDeleted, "/w");

        assertWrongs(1);
    }

    @Test
    void what_comes_and_goes_unseen_may_be_told() {
        leaveForExistence(Wish.ABSENT);
        tell(EventType.NodeCreated, "/w");
        wish.sees(Wish.ABSENT);

        assertTrue(wish.isOver());
        assertWrongs(0);
    }

    @Test
    void what_comes_must_not_be_seen_before_it_is_told() {
        leaveForExistence(Wish.ABSENT);
        wish.sees(6);

        assertWrongs(1);
    }

    @Test
    void what_goes_must_not_be_missed_before_it_is_told() {
        leaveForExistence(5);
        wish.sees(Wish.ABSENT);

        assertWrongs(1);
    }

    @Test
    void what_was_not_there_can_only_come() {
        leaveForExistence(Wish.ABSENT);
        tell(EventType.NodeDeleted, "/w");

        assertWrongs(1);
    }

    private void tell(EventType type, @Nullable String path) {
        wish.process(new WatchedEvent(type, KeeperState.SyncConnected, path));
    }

    private void assertWrongs(int count) {
        assertEquals(count, violations.seen().size(), () -> violations.seen().toString());
    }
}
