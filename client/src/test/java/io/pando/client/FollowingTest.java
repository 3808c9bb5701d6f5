package io.pando.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.client.ScriptedServer.Connection;
import io.pando.client.ScriptedServer.Heard;
import io.pando.client.follow.FollowEvent;
import io.pando.datatree.Stat;
import io.pando.session.EventType;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is told of a subtree, whatever comes between a look and its answer. */
class FollowingTest {
    private final Events<FollowEvent> told = new Events<>();
    private final Map<String, Stat> tree = new ConcurrentHashMap<>();

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    @Test
    void a_child_that_is_seen_before_its_parent_is_told_behind_it_and_not_forgotten() throws Exception {
        tree.putAll(Map.of("/a", stat(1, 1, 1), "/a/b", stat(2, 2, 1), "/a/b/c", stat(3, 3, 0)));
        try (var pando = server.client().open()) {
            var first = server.accept().welcome(7, 10_000);
            pando.follow("/a").start(told);
            for (int i = 0; i < 6; i++) {
                answer(first, first.hear(), 3); // a watch is set, and three znodes and the children of two are read
            }
            assertEquals(List.of("/a", "/a/b", "/a/b/c"), List.of(putPath(), putPath(), putPath()));
            told.next(FollowEvent.InSync.class);

            first.tell(WatchEvent.of(EventType.NODE_DATA_CHANGED, "/a/b/c"), 4);
            Heard child = first.hear();
            first.tell(WatchEvent.of(EventType.NODE_DELETED, "/a/b/c"), 5);
            first.tell(WatchEvent.of(EventType.NODE_DELETED, "/a/b"), 6);
            first.tell(WatchEvent.of(EventType.NODE_CREATED, "/a/b"), 7);
            Heard parent = first.hear();
            first.tell(WatchEvent.of(EventType.NODE_CREATED, "/a/b/c"), 8);
            tree.put("/a/b", stat(7, 7, 1));
            tree.put("/a/b/c", stat(8, 8, 0));
            answer(first, child, 8);
            answer(first, parent, 8);
            serveInBackground(first);
            told.next(FollowEvent.Removed.class);
            told.next(FollowEvent.Removed.class);
            assertEquals(List.of("/a/b", "/a/b/c"), List.of(putPath(), putPath()));

            first.close();
            told.next(FollowEvent.Stale.class);
            tree.put("/a/b/c", stat(8, 9, 0));
            var second = server.accept().welcome(7, 10_000);
            serveInBackground(second);
            assertEquals("/a/b/c", putPath());
            second.close();
        }
    }

    private static Stat stat(long czxid, long mzxid, int children) {
        return new Stat(czxid, mzxid, 0, 0, (int) (mzxid - czxid), 0, 0, 0, 0, children, czxid);
    }

    private String putPath() throws InterruptedException {
        return told.next(FollowEvent.Put.class).path();
    }

    private void serveInBackground(Connection connection) {
        Thread serving = new Thread(() -> {
            try {
                while (true) {
                    answer(connection, connection.hear(), 9);
                }
            } catch (Exception end) {
                // The test has closed it.
            }
        });
        serving.setDaemon(true);
        serving.start();
    }

    /** As the tree is now. */
    private void answer(Connection connection, Heard heard, long zxid) throws Exception {
        Reply reply = new Reply.Nothing();
        if (heard.request() instanceof WatchRequest.AddWatch) {
            reply = new Reply.Code(0);
        } else if (heard.request() instanceof ReadRequest.GetData read) {
            reply = new Reply.DataAndStat(new byte[0], Objects.requireNonNull(tree.get(read.path())));
        } else if (heard.request() instanceof ReadRequest.Exists read) {
            reply = new Reply.OnlyStat(Objects.requireNonNull(tree.get(read.path())));
        } else if (heard.request() instanceof ReadRequest.GetChildren2 read) {
            reply = new Reply.NamesAndStat(
                    List.of(read.path().equals("/a") ? "b" : "c"), Objects.requireNonNull(tree.get(read.path())));
        }
        connection.answer(heard, zxid, reply);
    }
}
