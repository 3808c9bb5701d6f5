package io.pando.test.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import io.pando.zab.log.ForgedSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose tree is another one than those of the others, and nothing on its disk says so: its snapshot is forged while it is stopped. */
class TreesThatDifferTest {
    static final String PATH = "/differs";
    static final byte[] RIGHT = "right".getBytes(UTF_8);
    private static final byte[] WRONG = "wrong".getBytes(UTF_8);
    private static final String MISMATCHES = "zk_digest_mismatches_count";

    private Ensemble ensemble;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "the snapshots are Pando's");
        ensemble =
                Trio.plan().with("snapCount", "20").with("preAllocSize", "4096").start(Target.current());
    }

    @AfterEach
    void stop() {
        if (ensemble != null) ensemble.close();
    }

    @Test
    void a_follower_takes_itself_out_keeps_the_evidence_and_gets_everything_anew_and_clients_of_others_notice_nothing()
            throws Exception {
        createAndAwaitSnapshots();
        Work work = Work.start(ensemble, "/work");
        try {
            Member victim = ensemble.followers().getFirst();
            EventLog events = new EventLog();
            ZooKeeper client =
                    ZooKeeperClients.connect(ensemble.leader().connectString(), Work.SESSION_TIMEOUT_MS, events);
            work.watch();

            victim.kill();
            forge(victim.dataDir());
            victim.launch();

            awaitEvidence(victim);
            awaitHealed(victim);
            work.awaitRecovery();
            work.judge();
            awaitSameTrees();
            assertRightOn(victim);
            assertEquals(List.of(KeeperState.SyncConnected), events.states(), "nobody has to connect anew");
            client.close();
        } finally {
            work.end();
        }
    }

    @Test
    void two_that_differ_say_so_and_when_a_third_decides_the_leader_takes_itself_out() throws Exception {
        createAndAwaitSnapshots();
        awaitSameTrees();
        ensemble.members().forEach(Member::kill);
        Member wrong = ensemble.member(3); // the highest id leads when histories are the same
        forge(wrong.dataDir());

        wrong.launch();
        ensemble.member(1).launch();
        ensemble.awaitServing();
        assertEquals("leader", wrong.mode());
        for (Member each : List.of(wrong, ensemble.member(1))) {
            Await.until(each + " says that trees differ", () -> mismatches(each) > 0);
            assertTrue(each.output().contains("no quorum agrees on one"), each::output);
            assertTrue(each.isServing(), each + " goes on");
        }
        ensemble.member(2).launch();

        awaitEvidence(wrong);
        awaitHealed(wrong);
        awaitSameTrees();
        assertRightOn(wrong);
    }

    private void createAndAwaitSnapshots() throws Exception {
        ZooKeeperClients.use(ensemble.connectString(), Work.SESSION_TIMEOUT_MS, client -> {
            client.create(PATH, RIGHT, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            long created = client.exists(PATH, false).getCzxid();
            Await.until("everybody has a snapshot with it", () -> {
                client.create("/more-", RIGHT, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
                for (Member member : ensemble.members()) {
                    if (ForgedSnapshot.newest(member.dataDir()) < created) return false;
                }
                return true;
            });
            return client;
        });
    }

    /** Has a stopped server remember something else. */
    static void forge(Path dataDir) throws IOException {
        ForgedSnapshot.replaceNewest(dataDir, (original, forged) -> {
            var tree = TreeSnapshot.read(original);
            TreeSnapshot.write(
                    tree.applyPart(tree.zxid(), 0, new Txn.SetData(PATH, WRONG, 1), null)
                            .tree(),
                    forged);
        });
    }

    private static long mismatches(Member member) throws IOException {
        return Long.parseLong(member.figure(MISMATCHES));
    }

    private static void awaitEvidence(Member member) throws IOException {
        Path folder = member.dataDir().resolve("evidence");
        Await.until(member + " keeps what was wrong", () -> Files.exists(folder.resolve("diverged.txt")));
        String report = Files.readString(folder.resolve("diverged.txt"));
        assertTrue(report.startsWith("The tree of this server, " + member.id() + ", has the digest 0x"), report);
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.contains("identity") && names.contains("promise"), names::toString);
            assertTrue(names.stream().anyMatch(name -> name.endsWith(".snapshot")), names::toString);
            assertTrue(names.stream().anyMatch(name -> name.endsWith(".log")), names::toString);
        }
    }

    /** In the same process, and it does not leave again. */
    private void awaitHealed(Member member) throws IOException {
        ensemble.awaitServing();
        Await.until(
                "it votes again",
                () -> ensemble.leader().figure("zk_synced_followers").equals("2"));
        assertTrue(member.output().contains("Pando starts anew"), member::output);
        assertEquals(1, mismatches(member), "it says so until somebody has looked into the evidence");
    }

    private void awaitSameTrees() {
        Await.until("all have the same tree", () -> {
            String first = ensemble.member(1).hash();
            return !first.isEmpty()
                    && ensemble.member(2).hash().equals(first)
                    && ensemble.member(3).hash().equals(first);
        });
    }

    private static void assertRightOn(Member member) throws Exception {
        ZooKeeperClients.use(member.connectString(), Work.SESSION_TIMEOUT_MS, client -> {
            assertArrayEquals(RIGHT, client.getData(PATH, false, null));
            return client;
        });
    }
}
