package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.Member;
import io.pando.test.harness.SmallDisk;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.KeeperException.SystemErrorException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with disks so small that they can be filled; making such takes rights that not everybody has. */
@Tag("faults")
class FullDiskTest {
    private static final int SERVERS = 3;
    private static final String PATH = "/written";

    @TempDir
    Path folder;

    private final List<SmallDisk> disks = new ArrayList<>();
    private Ensemble ensemble;
    private ZooKeeper client;
    private int written;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "Apache ZooKeeper ends when its disk is full");
        for (int id = 1; id <= SERVERS; id++) disks.add(smallDisk(id));
        ensemble = Trio.plan().in(folder).with("preAllocSize", "1024").start(Target.current());
        client = ZooKeeperClients.connect(ensemble.connectString(), Work.SESSION_TIMEOUT_MS, new EventLog());
        client.create(PATH, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private SmallDisk smallDisk(int id) {
        try {
            return SmallDisk.on(Ensemble.homeIn(folder, id).resolve("data"));
        } catch (IOException e) {
            return abort("No small disk can be had: " + e.getMessage());
        }
    }

    @AfterEach
    void end() throws Exception {
        if (client != null) client.close();
        if (ensemble != null) ensemble.close();
        for (SmallDisk disk : disks) disk.close();
    }

    @Test
    void a_leader_whose_disk_is_full_hands_over_and_writes_go_on() throws Exception {
        Member full = ensemble.leader();
        diskOf(full).fill();

        Await.until("another server leads", () -> {
            write();
            return ensemble.findLeader().filter(leader -> leader != full).isPresent();
        });
        Await.until("a write succeeds", this::write);
        int before = written;
        for (int i = 0; i < 100; i++) assertTrue(write(), "Writes go on");

        assertEquals(before + 100, written);
        assertTrue(full.output().contains("its disk is full, and it has handed over"));
        assertTrue(full.isAlive(), "It follows");
        diskOf(full).free();
        ensemble.awaitServing();
        assertAllEqual();
    }

    @Test
    void a_leader_refuses_what_no_quorum_has_room_for() throws Exception {
        Member leader = ensemble.leader();
        List<Member> others = ensemble.othersThan(leader);
        for (Member other : others) diskOf(other).fill();

        Await.until("a write is refused", () -> {
            try {
                client.setData(PATH, new byte[20_000], -1);
                return false;
            } catch (SystemErrorException refused) {
                return true;
            }
        });
        assertEquals("leader", leader.mode());
        client.getData(PATH, false, null);

        for (Member other : others) diskOf(other).free();
        Await.until("writes go on", this::write);
        assertAllEqual();
    }

    private SmallDisk diskOf(Member member) {
        return disks.get(member.id() - 1);
    }

    /** Whether it is acknowledged. */
    private boolean write() throws InterruptedException, KeeperException {
        try {
            client.setData(PATH, new byte[20_000], -1);
            written++;
            return true;
        } catch (SystemErrorException | ConnectionLossException refusedOrLost) {
            return false;
        }
    }

    private void assertAllEqual() {
        Await.until("all servers have the same tree", () -> {
            List<String> hashes = new ArrayList<>();
            for (Member member : ensemble.members()) hashes.add(member.hash());
            return hashes.stream().distinct().count() == 1;
        });
    }
}
