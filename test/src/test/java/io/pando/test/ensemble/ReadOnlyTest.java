package io.pando.test.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.Watcher.Event.KeeperState.ConnectedReadOnly;
import static org.apache.zookeeper.Watcher.Event.KeeperState.SyncConnected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.ZooKeeper.States;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apache's client, content with a read-only server, on an ensemble that loses its quorum and gets it back. */
class ReadOnlyTest {
    private static final int TIMEOUT_MS = 10_000;

    private Ensemble ensemble;

    @BeforeEach
    void start() throws Exception {
        ensemble = Ensemble.of(3)
                .with("tickTime", "500")
                .with("readonlymode.enabled", "true")
                // Apache's server makes no session at all while it is cut off, unless it may make local ones at any
                // time.
                .with("localSessionsEnabled", "true")
                .start(Target.current());
    }

    @AfterEach
    void stop() {
        ensemble.close();
    }

    @Test
    void a_client_reads_while_there_is_no_quorum_and_writes_again_when_there_is_one() throws Exception {
        String before = "before";
        ZooKeeperClients.use(
                ensemble.connectString(),
                TIMEOUT_MS,
                client -> client.create("/a", before.getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        awaitEverywhere();
        Member left = stopAllButOne();

        EventLog events = new EventLog();
        ZooKeeper client = new ZooKeeper(ensemble.connectString(), TIMEOUT_MS, events, true);
        try {
            events.awaitState(ConnectedReadOnly);
            assertEquals(States.CONNECTEDREADONLY, client.getState());
            long sessionWhileCutOff = client.getSessionId();

            assertArrayEquals(before.getBytes(UTF_8), client.getData("/a", true, null));
            assertThrows(
                    KeeperException.NotReadOnlyException.class,
                    () -> client.setData("/a", "while cut off".getBytes(UTF_8), -1));
            Await.until("it says so", () -> left.mode().equals("read-only"));

            startAgain(left);
            events.awaitState(SyncConnected);

            client.setData("/a", "after".getBytes(UTF_8), -1);
            assertEquals("/a", events.await(1).getFirst().path());
            assertNotEquals(sessionWhileCutOff, client.getSessionId());
        } finally {
            client.close();
        }
    }

    @Test
    void a_session_from_before_is_taken_up_again_where_it_can_be_written() throws Exception {
        EventLog events = new EventLog();
        ZooKeeper client = new ZooKeeper(ensemble.connectString(), TIMEOUT_MS, events, true);
        try {
            events.awaitState(SyncConnected);
            client.create("/mine", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            long session = client.getSessionId();
            awaitEverywhere();
            Member left = stopAllButOne();
            Await.until(
                    "the server that is left serves readers", () -> left.mode().equals("read-only"));

            events.clear();
            startAgain(left);
            events.awaitState(SyncConnected);

            assertEquals(session, client.getSessionId());
            assertEquals(session, client.exists("/mine", false).getEphemeralOwner());
        } finally {
            client.close();
        }
    }

    private void awaitEverywhere() {
        Await.until(
                "all servers have applied the same",
                () -> ensemble.members().stream().map(this::zxid).distinct().count() == 1);
    }

    private long zxid(Member member) {
        try {
            return member.zxid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the one that is left. */
    private Member stopAllButOne() {
        Member left = ensemble.leader();
        ensemble.othersThan(left).forEach(Member::kill);
        return left;
    }

    private void startAgain(Member left) throws IOException {
        for (Member other : ensemble.othersThan(left)) other.launch();
    }
}
