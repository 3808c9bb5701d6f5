package io.pando.test.torture;

import io.pando.test.linearizability.Names;
import io.pando.test.linearizability.Register;
import io.pando.test.znodes.Generation;
import io.pando.test.znodes.Znodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Does one thing or another to shared znodes. */
final class SharingRole extends SessionRole {
    /** One in so many writes is for whichever version there is. */
    private static final int BLIND_ONE_IN = 4;

    private final SharedZnodes shared;
    private final RandomGenerator chance;
    // Of the present session, in which time does not run backwards.
    private final Map<String, Integer> knownVersions = new HashMap<>();
    private final Map<String, Long> seenZxids = new HashMap<>();
    private @Nullable ZooKeeper present;
    private @Nullable Generation toFollow;
    private int written;

    SharingRole(String name, SharedZnodes shared, Session session, RandomGenerator chance) {
        super(name, session);
        this.shared = shared;
        this.chance = chance;
    }

    @Override
    public boolean turn() throws Exception {
        ZooKeeper client = connected();
        if (!client.equals(present)) {
            present = client;
            knownVersions.clear();
            seenZxids.clear();
        }
        if (toFollow != null) {
            shared.beginNext(toFollow, client);
            toFollow = null;
        }
        Generation generation = shared.generation();
        try {
            act(client, new Znodes(client, name(), shared.histories()), generation);
        } catch (KeeperException e) {
            if (generation.isOverWithOneMoreUnknown()) toFollow = generation;
            throw e;
        }
        if (generation.isOverWithOneMore()) toFollow = generation;
        return true;
    }

    private void act(ZooKeeper client, Znodes znodes, Generation generation)
            throws KeeperException, InterruptedException {
        String register = anyOf(generation.registers());
        int dice = chance.nextInt(100);
        if (dice < 30) {
            set(client, znodes, register);
        } else if (dice < 45) {
            znodes.createNext(generation.sequence(), unique());
        } else if (dice < 60) {
            changeNames(znodes, generation.names());
        } else if (dice < 72) {
            learn(register, znodes.readSynced(register).version());
        } else if (dice < 74) {
            znodes.listSynced(generation.sequence());
        } else if (dice < 80) {
            znodes.namesSynced(generation.names());
        } else {
            readPlainly(client, register);
        }
    }

    private void set(ZooKeeper client, Znodes znodes, String register) throws KeeperException, InterruptedException {
        int known = knownVersions.getOrDefault(register, Register.ANY);
        int version = znodes.set(register, unique(), chance.nextInt(BLIND_ONE_IN) == 0 ? Register.ANY : known);
        if (version >= 0) learn(register, version);
        else readPlainly(client, register);
    }

    private void changeNames(Znodes znodes, String parent) throws KeeperException, InterruptedException {
        String name = anyOf(Names.ALL);
        switch (chance.nextInt(3)) {
            case 0 -> znodes.add(parent, name);
            case 1 -> znodes.remove(parent, name);
            default -> {
                List<String> others =
                        Names.ALL.stream().filter(other -> !other.equals(name)).toList();
                znodes.rename(parent, name, anyOf(others));
            }
        }
    }

    private <T> T anyOf(List<T> all) {
        return all.get(chance.nextInt(all.size()));
    }

    private String unique() {
        return name() + "-" + written++;
    }

    /** Without a sync a read may be old, but within a session time does not run backwards. */
    private void readPlainly(ZooKeeper client, String register) throws KeeperException, InterruptedException {
        Stat stat = new Stat();
        client.getData(register, false, stat);
        Integer known = knownVersions.get(register);
        if (known != null && stat.getVersion() < known) {
            shared.violation(
                    name() + " knew version " + known + " of " + register + " and then read " + stat.getVersion());
        }
        Long seen = seenZxids.put(register, stat.getMzxid());
        if (seen != null && Long.compareUnsigned(stat.getMzxid(), seen) < 0) {
            shared.violation(name() + " saw " + register + " of 0x" + Long.toHexString(seen) + " and then of 0x"
                    + Long.toHexString(stat.getMzxid()));
        }
        learn(register, stat.getVersion());
    }

    private void learn(String register, int version) {
        knownVersions.put(register, version);
    }
}
