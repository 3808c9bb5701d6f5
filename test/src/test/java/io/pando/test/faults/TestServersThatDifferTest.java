package io.pando.test.faults;

import static io.pando.test.faults.TreesThatDifferTest.PATH;
import static io.pando.test.faults.TreesThatDifferTest.RIGHT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.ZooKeeperClients;
import io.pando.testing.TestEnsemble;
import io.pando.testing.TestServer;
import io.pando.zab.log.ForgedSnapshot;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;

/** The servers that applications have in their tests do as those of processes of their own when their trees differ. */
class TestServersThatDifferTest {

    @Test
    void a_server_that_disowns_its_data_starts_anew_and_gets_it_from_the_others() throws Exception {
        try (TestEnsemble ensemble = TestEnsemble.builder()
                .servers(3)
                .setting("snapCount", "20")
                .setting("preAllocSize", "4096")
                .start()) {
            createAndAwaitSnapshots(ensemble);
            TestServer victim = ensemble.followers().get(0);

            victim.kill();
            TreesThatDifferTest.forge(victim.dataDir());
            victim.start();

            Await.until(
                    victim + " keeps what was wrong",
                    () -> Files.exists(victim.dataDir().resolve("evidence").resolve("diverged.txt")));
            Await.until(
                    victim + " has the right data again",
                    () -> Arrays.equals(
                            RIGHT,
                            ZooKeeperClients.use(
                                    victim.connectString(),
                                    Work.SESSION_TIMEOUT_MS,
                                    client -> client.getData(PATH, false, null))));
            assertTrue(ensemble.followers().contains(victim), "It follows");
        }
    }

    private static void createAndAwaitSnapshots(TestEnsemble ensemble) throws Exception {
        ZooKeeperClients.use(ensemble.connectString(), Work.SESSION_TIMEOUT_MS, client -> {
            client.create(PATH, RIGHT, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            long created = client.exists(PATH, false).getCzxid();
            Await.until("everybody has a snapshot with it", () -> {
                client.create("/more-", RIGHT, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
                for (TestServer server : ensemble.servers()) {
                    if (ForgedSnapshot.newest(server.dataDir()) < created) return false;
                }
                return true;
            });
            return client;
        });
    }
}
