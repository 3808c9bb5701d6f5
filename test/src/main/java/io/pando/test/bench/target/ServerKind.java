package io.pando.test.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers that can be started for a comparison, and how: equal JDK and heap, every write fsynced before its reply. */
public enum ServerKind {
    PANDO("Pando") {
        @Override
        List<String> command(Installation installation, Path folder, int port) {
            return List.of(
                    installation.launcher().toString(),
                    "server",
                    "--set",
                    "clientPort=" + port,
                    "--set",
                    "dataDir=" + folder.resolve("data"),
                    "--set",
                    "maxClientCnxns=0");
        }
    },

    /** What most people run. */
    APACHE_NIO("ZK NIO") {
        @Override
        List<String> command(Installation installation, Path folder, int port) throws IOException {
            return apache(installation, folder, port, "org.apache.zookeeper.server.NIOServerCnxnFactory");
        }
    },

    /** The fair bar: the same network library as ours. */
    APACHE_NETTY("ZK Netty") {
        @Override
        List<String> command(Installation installation, Path folder, int port) throws IOException {
            return apache(installation, folder, port, "org.apache.zookeeper.server.NettyServerCnxnFactory");
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
    abstract List<String> command(Installation installation, Path folder, int port) throws IOException;

    /** What the launcher looks at. */
    static Map<String, String> environment(Installation installation) {
        var javaHome = Path.of(System.getProperty("java.home"));
        return Map.of("PANDO_HEAP", installation.heap(), "JAVA_HOME", javaHome.toString());
    }

    private static List<String> apache(Installation installation, Path folder, int port, String connectionFactory)
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
        command.addAll(List.of("org.apache.zookeeper.server.ZooKeeperServerMain", zooCfg(folder, port)));
        return command;
    }

    private static String zooCfg(Path folder, int port) throws IOException {
        var file = Files.writeString(
                folder.resolve("zoo.cfg"),
                """
                tickTime=2000
                dataDir=%s
                clientPort=%d
                clientPortAddress=127.0.0.1
                maxClientCnxns=0
                """
                        .formatted(folder.resolve("data"), port));
        return file.toString();
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
