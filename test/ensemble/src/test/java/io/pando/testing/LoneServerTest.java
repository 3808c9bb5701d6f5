package io.pando.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ensemble of one, which is what most tests of applications need. */
@Timeout(60)
class LoneServerTest {
    private static final int SHORT_MS = 2_000;

    @Test
    void a_server_that_is_killed_and_started_has_its_data_and_its_clients_at_the_same_address() throws Exception {
        try (var ensemble = TestEnsemble.start(1);
                var client = new AClient(ensemble.connectString())) {
            client.create("/a", CreateMode.EPHEMERAL);
            client.setUntilDone("/a", "kept");
            long session = client.sessionId();

            ensemble.server(1).kill();
            client.await(KeeperState.Disconnected);
            ensemble.server(1).start();

            assertEquals("kept", client.get("/a"));
            assertEquals(session, client.sessionId());
        }
    }

    @Test
    void no_session_expires_while_the_server_stands_still() throws Exception {
        try (var ensemble = TestEnsemble.start(1);
                var client = new AClient(ensemble.connectString(), SHORT_MS)) {
            TestServer server = ensemble.server(1);

            server.pause();
            client.await(KeeperState.Disconnected);
            // The pause itself is what is tested: longer than the session lives without a word.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SHORT_MS));
            server.resume();
            server.pause(); // when this returns, the server has looked at the clock

            assertTrue(server.knows(client.sessionId()));
        }
    }

    @Test
    void a_session_that_is_not_heard_of_expires() throws Exception {
        try (var ensemble = TestEnsemble.start(1);
                var client = new AClient(ensemble.connectString(), SHORT_MS)) {
            client.create("/silent", CreateMode.EPHEMERAL);

            ensemble.cutClients(1);
            ensemble.patience()
                    .until("the session has ended", () -> !ensemble.server(1).knows(client.sessionId()));
            ensemble.heal();

            client.await(KeeperState.Expired);
        }
    }

    @Test
    void data_in_a_folder_of_the_tests_own_is_there_for_the_next_ensemble(@TempDir Path folder) throws Exception {
        var builder = TestEnsemble.builder().dataDir(folder);
        try (var first = builder.start();
                var client = new AClient(first.connectString())) {
            client.create("/a", CreateMode.PERSISTENT);
        }
        try (var second = builder.start();
                var client = new AClient(second.connectString())) {
            assertTrue(client.exists("/a"));
        }
    }

    @Test
    void what_the_ensemble_decides_itself_and_what_is_no_setting_are_refused() {
        var builder = TestEnsemble.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.setting("clientPort", "2181"));
        assertThrows(IllegalArgumentException.class, () -> builder.setting("server.1", "a:1:2"));
        assertThrows(IllegalArgumentException.class, () -> builder.servers(0));
        builder.setting("tickTime", "soon");
        assertThrows(IllegalArgumentException.class, builder::start);
    }
}
