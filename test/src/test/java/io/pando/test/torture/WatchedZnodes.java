package io.pando.test.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * The znodes that are watched.
 *
 * @param root above those that are always there
 * @param lasting those, of which the data changes and the only child comes and goes
 * @param fleeting others, which come and go themselves
 */
record WatchedZnodes(String root, List<String> lasting, List<String> fleeting) {
    private static final int ZNODES = 3;

    static WatchedZnodes below(String root) {
        List<String> lasting = new ArrayList<>();
        List<String> fleeting = new ArrayList<>();
        for (int i = 0; i < ZNODES; i++) {
            lasting.add(root + "/watched/" + i);
            fleeting.add(root + "/fleeting-" + i);
        }
        return new WatchedZnodes(root + "/watched", lasting, fleeting);
    }

    void make(ZooKeeper client) throws KeeperException, InterruptedException {
        client.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        for (String path : lasting) {
            client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    String anyLasting(RandomGenerator chance) {
        return lasting.get(chance.nextInt(lasting.size()));
    }

    String anyFleeting(RandomGenerator chance) {
        return fleeting.get(chance.nextInt(fleeting.size()));
    }
}
