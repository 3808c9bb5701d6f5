package io.pando.test.torture;

import java.util.random.RandomGenerator;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Changes znodes that others watch: their data, their children, and whether they are there. */
final class ChangingRole extends SessionRole {
    /** Some, so that logs grow and a full disk is felt. */
    private static final int MOST_BYTES = 32 * 1024;

    private final WatchedZnodes znodes;
    private final RandomGenerator chance;

    ChangingRole(String name, WatchedZnodes znodes, Session session, RandomGenerator chance) {
        super(name, session);
        this.znodes = znodes;
        this.chance = chance;
    }

    @Override
    public boolean turn() throws Exception {
        ZooKeeper client = connected();
        String lasting = znodes.anyLasting(chance);
        String child = lasting + "/child";
        String fleeting = znodes.anyFleeting(chance);
        try {
            switch (chance.nextInt(6)) {
                case 0 -> client.setData(lasting, new byte[chance.nextInt(MOST_BYTES)], -1);
                case 1 -> client.create(child, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                case 2 -> client.delete(child, -1);
                case 3 -> client.setData(fleeting, new byte[chance.nextInt(MOST_BYTES)], -1);
                case 4 -> client.create(fleeting, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                default -> client.delete(fleeting, -1);
            }
            return true;
        } catch (NodeExistsException | NoNodeException fine) {
            return true;
        }
    }
}
