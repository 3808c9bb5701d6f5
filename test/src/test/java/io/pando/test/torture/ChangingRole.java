package io.pando.test.torture;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Changes the data and the children of znodes that others watch. */
final class ChangingRole extends SessionRole {
    /** Some, so that logs grow and a full disk is felt. */
    private static final int MOST_BYTES = 32 * 1024;

    private final List<String> paths;
    private final RandomGenerator chance;

    ChangingRole(String name, List<String> paths, Session session, RandomGenerator chance) {
        super(name, session);
        this.paths = paths;
        this.chance = chance;
    }

    @Override
    public boolean turn() throws Exception {
        ZooKeeper client = connected();
        String path = paths.get(chance.nextInt(paths.size()));
        String child = path + "/child";
        try {
            switch (chance.nextInt(3)) {
                case 0 -> client.setData(path, new byte[chance.nextInt(MOST_BYTES)], -1);
                case 1 -> client.create(child, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                default -> client.delete(child, -1);
            }
            return true;
        } catch (NodeExistsException | NoNodeException fine) {
            return true;
        }
    }
}
