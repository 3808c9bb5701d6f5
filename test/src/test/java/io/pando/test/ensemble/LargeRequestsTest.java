package io.pando.test.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.Test;

/** Requests that are larger than any usual one, where the configuration allows them: servers send each other what they make of them. */
class LargeRequestsTest {
    private static final int TIMEOUT_MS = 20_000;
    private static final int MIB = 1 << 20;

    @Test
    void a_znode_of_eight_mebibytes_is_written_through_a_follower() throws Exception {
        try (Ensemble ensemble = Ensemble.of(3)
                .with("jute.maxbuffer", Integer.toString(16 * MIB))
                .start(Target.PANDO)) {
            Member leader = ensemble.leader();
            Member follower = ensemble.followers().getFirst();
            Member late = ensemble.followers().getLast();
            late.kill();

            int version = ZooKeeperClients.use(follower.connectString(), TIMEOUT_MS, client -> {
                client.create("/large", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                return client.setData("/large", new byte[8 * MIB], -1).getVersion();
            });
            late.launch();

            assertEquals(1, version);
            ensemble.awaitServing();
            Await.until("all have it", () -> ensemble.members().stream().allMatch(LargeRequestsTest::hasIt));
            assertEquals("leader", leader.mode());
        }
    }

    private static boolean hasIt(Member member) {
        try {
            return ZooKeeperClients.use(member.connectString(), TIMEOUT_MS, client -> {
                client.sync("/large", (code, path, context) -> {}, null);
                return client.exists("/large", false).getDataLength() == 8 * MIB;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
