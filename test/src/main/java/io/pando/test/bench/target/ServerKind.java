package io.pando.test.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The servers that can be started for a comparison, and how: equal JDK and heap, every write fsynced before its reply. */
public enum ServerKind {
    PANDO("Pando") {
        @Override
        List<String> command(Installation installation, Path folder, Seat seat) {
            var command = new ArrayList<>(List.of(installation.launcher().toString(), "server"));
            var settings = new TreeMap<>(seat.settings());
            settings.put("dataDir", folder.resolve("data").toString());
            settings.put("maxClientCnxns", "0");
            if (seat.isMember()) {
                settings.put("myid", Integer.toString(seat.id()));
            }
            settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
            return command;
        }

        @Override
        boolean isSnapshot(String fileName) {
            return fileName.endsWith(".snapshot");
        }
    },

    /** What most people run. */
    APACHE_NIO("ZK NIO") {
        @Override
        List<String> command(Installation installation, Path folder, Seat seat) throws IOException {
            return apache(installation, folder, seat, "org.apache.zookeeper.server.NIOServerCnxnFactory");
        }
    },

    /** The fair bar: the same network library as ours. */
    APACHE_NETTY("ZK Netty") {
        @Override
        List<String> command(Installation installation, Path folder, Seat seat) throws IOException {
            return apache(installation, folder, seat, "org.apache.zookeeper.server.NettyServerCnxnFactory");
        }
    };

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Starts the server in the foreground; {@code folder} is its own and exists. */
    abstract List<String> command(Installation installation, Path folder, Seat seat) throws IOException;

    /** By the name of a file in its data; those of Apache ZooKeeper's unless overridden. */
    boolean isSnapshot(String fileName) {
        return fileName.startsWith("snapshot.");
    }

    /** What the launcher looks at. */
    static Map<String, String> environment(Installation installation) {
        return Map.of(
                "PANDO_HEAP",
                installation.heap(),
                "JAVA_HOME",
                Installation.javaHome().toString());
    }

    private static List<String> apache(Installation installation, Path folder, Seat seat, String connectionFactory)
            throws IOException {
        if (!Files.isDirectory(installation.zookeeperLibraries())) {
            throw new IOException("Apache ZooKeeper is not in " + installation.zookeeperLibraries()
                    + "; `mvn package -DskipTests` copies it there.");
        }
        var command = new ArrayList<String>();
        command.add(Installation.jdk("java").toString());
        command.addAll(List.of("-Xms" + installation.heap(), "-Xmx" + installation.heap()));
        command.addAll(installation.zookeeperOptions());
        command.add("-Dzookeeper.serverCnxnFactory=" + connectionFactory);
        command.add("-Dzookeeper.admin.enableServer=false");
        command.add("-Dlogback.configurationFile=" + logback(folder));
        command.addAll(List.of("-cp", installation.zookeeperLibraries() + "/*"));
        command.add("org.apache.zookeeper.server." + (seat.isMember() ? "quorum.QuorumPeerMain" : "ZooKeeperServerMain"));
        command.add(zooCfg(folder, seat));
        return command;
    }

    /** Of an ensemble as its documentation has it. */
    private static String zooCfg(Path folder, Seat seat) throws IOException {
        var data = folder.resolve("data");
        var lines = new ArrayList<>(List.of(
                "tickTime=2000", "initLimit=10", "syncLimit=5", "dataDir=" + data, "maxClientCnxns=0"));
        seat.settings().forEach((key, value) -> lines.add(key + "=" + value));
        if (seat.isMember()) {
            Files.createDirectories(data);
            Files.writeString(data.resolve("myid"), Integer.toString(seat.id()));
        }
        return Files.write(folder.resolve("zoo.cfg"), lines).toString();
    }

    /** Without one, Logback logs every request. */
    private static Path logback(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("logback.xml"),
                """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %-5level [%t] %logger{0} %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }
}
