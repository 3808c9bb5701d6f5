package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.znodes.Violations;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LastingWatchTest {
    private final Violations violations = new Violations();
    private final AtomicInteger told = new AtomicInteger();
    private final LastingWatch watch = new LastingWatch("watcher", "/w", WatchKind.PERSISTENT, violations, told);
    private final LastingWatch recursive = new LastingWatch("watcher", "/w", WatchKind.RECURSIVE, violations, told);

    @Test
    void as_many_changes_as_were_told_may_be_seen() {
        assertFalse(watch.sees("/w", stat(3, 7)));
        tell(watch, EventType.NodeDataChanged, "/w", 10);
        tell(watch, EventType.NodeChildrenChanged, "/w", 11);
        tell(watch, EventType.NodeDataChanged, "/w", 12);

        assertTrue(watch.sees("/w", stat(5, 8)));
        assertTrue(watch.sees("/w", stat(5, 8)));

        assertEquals(3, told.get());
        assertWrongs(0);
    }

    @Test
    void a_change_of_the_data_must_not_be_seen_before_it_is_told() {
        watch.sees("/w", stat(3, 7));
        tell(watch, EventType.NodeDataChanged, "/w", 10);
        watch.sees("/w", stat(5, 7));

        assertWrongs(1);
    }

    @Test
    void a_change_of_the_children_must_not_be_seen_before_it_is_told() {
        watch.sees("/w", stat(3, 7));
        watch.sees("/w", stat(3, 8));

        assertWrongs(1);
    }

    @Test
    void nobody_is_told_of_what_has_not_happened() {
        watch.sees("/w", stat(3, 7));
        tell(watch, EventType.NodeDataChanged, "/w", 10);
        watch.sees("/w", stat(3, 7));

        assertWrongs(1);
    }

    @Test
    void what_happens_without_a_connection_is_not_told() {
        watch.sees("/w", stat(3, 7));
        tell(watch, EventType.None, null, WatchedEvent.NO_ZXID);

        assertFalse(watch.sees("/w", stat(9, 7)));
        assertWrongs(0);
    }

    @Test
    void what_is_told_is_told_in_the_order_in_which_it_happened() {
        tell(recursive, EventType.NodeDataChanged, "/w/1", 11);
        tell(recursive, EventType.NodeDataChanged, "/w/2", 10);

        assertWrongs(1);
    }

    @Test
    void a_recursive_one_is_told_of_children_by_their_own_names() {
        recursive.sees("/w/1", stat(3, 7));
        tell(recursive, EventType.NodeCreated, "/w/1/child", 10);
        tell(recursive, EventType.NodeDeleted, "/w/1/child", 11);
        recursive.sees("/w/1", stat(3, 9));
        assertWrongs(0);

        tell(recursive, EventType.NodeChildrenChanged, "/w/1", 12);
        assertWrongs(1);
    }

    @Test
    void nobody_is_told_of_another_znode() {
        tell(watch, EventType.NodeCreated, "/w/1", 10);
        tell(recursive, EventType.NodeCreated, "/other/1", 10);

        assertWrongs(2);
    }

    private static Stat stat(int version, int cversion) {
        Stat stat = new Stat();
        stat.setVersion(version);
        stat.setCversion(cversion);
        return stat;
    }

    private static void tell(LastingWatch watch, EventType type, @Nullable String path, long zxid) {
        watch.process(new WatchedEvent(type, KeeperState.SyncConnected, path, zxid));
    }

    private void assertWrongs(int count) {
        assertEquals(count, violations.seen().size(), () -> violations.seen().toString());
    }
}
