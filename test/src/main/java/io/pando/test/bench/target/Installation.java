package io.pando.test.bench.target;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the programs are, and with how much memory they run.
 *
 * @param home the folder with {@code bin/pando} and the modules' build products
 * @param work where servers keep their data while they run: on the disk that is to be measured
 * @param heap as in {@code -Xmx}: the same for every server
 * @param zookeeperOptions more options for the JVM of Apache ZooKeeper; Pando's are its launcher's affair
 */
public record Installation(Path home, Path work, String heap, List<String> zookeeperOptions) {
    public Installation {
        zookeeperOptions = List.copyOf(zookeeperOptions);
    }

    Path launcher() {
        return home.resolve("bin/pando");
    }

    /** Apache ZooKeeper with what it needs, in the versions that it ships with. */
    public Path zookeeperLibraries() {
        return home.resolve("test/target/zookeeper-lib");
    }

    /** What Curator needs besides those. */
    public Path curatorLibraries() {
        return home.resolve("test/target/curator-lib");
    }

    /** The folder of the JDK that this program runs on. */
    public static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A program of that JDK. */
    public static Path jdk(String program) {
        return javaHome().resolve("bin").resolve(program);
    }
}
