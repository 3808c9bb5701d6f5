package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.NewestLog;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.apache.zookeeper.AsyncCallback.StatCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose data is old, damaged or gone gets what it lacks from the others, while clients go on writing. */
@Tag("faults")
class StorageFaultsTest {
    private static final String BIG = "/big";
    private static final int BIG_BYTES = 900_000;
    /** More log than servers keep for those that lag. */
    private static final int BIG_WRITES = Integer.getInteger("pando.faults.big-writes", 320);

    private static final int IN_FLIGHT = 8;

    @RegisterExtension
    static final Stage STAGE = new Stage(
            Trio.plan().with("snapCount", "100").with("snapGrowthPercent", "0").with("preAllocSize", "4096"));

    private Ensemble ensemble;
    private Work work;

    @BeforeEach
    void enter() {
        ensemble = STAGE.ensemble();
        work = STAGE.work();
    }

    @Test
    void a_follower_that_lags_further_than_the_log_goes_back_gets_a_snapshot() throws Exception {
        Member leader = ensemble.leader();
        Member follower = ensemble.followers().getFirst();
        work.watch();

        follower.kill();
        writeMuch();
        assertEquals("leader", leader.mode(), "the load alone does not bring a leader down");
        follower.launch();

        ensemble.awaitServing();
        work.awaitRecovery();
        work.judge();
        assertTrue(
                Target.current() != Target.PANDO || follower.output().contains("Installed the snapshot"),
                "it came by a snapshot");
    }

    @Test
    void a_follower_that_lost_all_its_data_gets_it_back() throws Exception {
        for (int round = 0; round < Trio.ROUNDS; round++) {
            Member follower = ensemble.followers().getLast();
            work.watch();

            follower.kill();
            follower.wipe();
            follower.launch();

            ensemble.awaitServing();
            work.awaitRecovery();
        }
        work.judge();
    }

    /** The disk of a server that was stopped has rotted: it must neither serve what is left nor stay away. */
    @Test
    void a_follower_whose_newest_log_file_is_damaged_gets_it_repaired() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "Apache ZooKeeper does not start on a damaged log");
        for (int round = 0; round < Trio.ROUNDS; round++) {
            Member follower = ensemble.followers().getFirst();
            work.watch();

            follower.kill();
            NewestLog.in(follower.dataDir()).damageHalfWay();
            follower.launch();

            ensemble.awaitServing();
            work.awaitRecovery();
        }
        work.judge();
    }

    /** All that is written is answered: nobody fails who could lose it. */
    private void writeMuch() throws Exception {
        List<KeeperException.Code> failures = new CopyOnWriteArrayList<>();
        ZooKeeperClients.use(ensemble.connectString(), Work.SESSION_TIMEOUT_MS, client -> {
            client.create(BIG, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            Semaphore free = new Semaphore(IN_FLIGHT);
            StatCallback answered = (code, path, context, stat) -> {
                if (code != KeeperException.Code.OK.intValue()) failures.add(KeeperException.Code.get(code));
                free.release();
            };
            for (int written = 0; written < BIG_WRITES; written++) {
                free.acquire();
                client.setData(BIG, new byte[BIG_BYTES], -1, answered, null);
            }
            free.acquire(IN_FLIGHT);
            return client;
        });
        assertEquals(List.of(), failures);
    }
}
