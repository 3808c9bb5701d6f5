package io.pando.test.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.zookeeper.ZooKeeper;

/** Something that several clients do all the while, below a znode of its own, and that has to come out right. */
interface Workload {
    String name();

    /** Makes the znodes that have to be there. */
    void prepare(ZooKeeper client) throws Exception;

    /** Who takes part. Each has its own chance, so that what it chooses to do depends on nobody else. */
    List<Client> clients(String connectString, Supplier<Random> chances) throws Exception;

    /** When all clients have ended, every server serves, and nothing is in the way. */
    void judge(List<Witness> witnesses, Findings findings) throws Exception;

    /** How much was seen, for people. */
    String extent();

    /** Writes what was seen into files of {@code folder}. */
    void writeTo(Path folder) throws IOException;
}
