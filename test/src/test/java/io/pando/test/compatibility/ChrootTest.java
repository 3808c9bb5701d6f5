package io.pando.test.compatibility;

import static io.pando.test.compatibility.Failures.assertRefused;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pando.test.harness.EventLog;
import io.pando.test.harness.SharedServer;
import java.util.List;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that lives in a part of the tree as if it were the whole. */
class ChrootTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_client_with_a_chroot_sees_its_part_as_the_whole() throws Exception {
        ZooKeeper inside = SERVER.client(SERVER.process().connectString() + SERVER.root());
        ZooKeeper outside = SERVER.client();
        EventLog events = new EventLog();
        inside.addWatch("/", events, AddWatchMode.PERSISTENT_RECURSIVE);

        String name = inside.create("/n-", null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);

        assertEquals("/n-0000000000", name);
        assertNotNull(outside.exists(SERVER.root() + name, false));
        assertEquals(List.of(new EventLog.Seen(EventType.NodeCreated, name)), events.await(1));
        assertEquals(List.of("n-0000000000"), inside.getChildren("/", false));
    }

    @Test
    void a_chroot_that_does_not_exist_is_an_empty_world() throws Exception {
        ZooKeeper inside = SERVER.client(SERVER.process().connectString() + SERVER.path("nowhere"));

        assertRefused(Code.NONODE, () -> inside.create("/n", null, OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
    }
}
