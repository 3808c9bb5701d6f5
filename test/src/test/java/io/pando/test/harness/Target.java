package io.pando.test.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.bench.target.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Whose server a test runs against. Pando unless {@code -Dpando.test.target=zookeeper} says otherwise: each test was
 * proven against Apache ZooKeeper 3.9.5 first, and can be again. With {@code -Dpando.zookeeper.version=3.5.10} it is that version
 * wherever a test asks for Apache's.
 */
public enum Target {
    PANDO {
        private static final Pattern READY = Pattern.compile("connect ZooKeeper clients to \\S+:(\\d+)");
        private static final Pattern LEADS = Pattern.compile("LEADING in epoch (\\d+)");

        @Override
        int choosePort() {
            return 0;
        }

        @Override
        Program program(Path home, int port, Map<String, String> settings, List<String> jvmOptions) {
            return Program.server(jvmOptions, pando(home, port, settings));
        }

        @Override
        Optional<Integer> readyPort(int wanted, Path stdout) throws IOException {
            Matcher ready = READY.matcher(Files.readString(stdout));
            return ready.find() ? Optional.of(Integer.parseInt(ready.group(1))) : Optional.empty();
        }

        @Override
        LongStream epochsLed(String output) {
            return LEADS.matcher(output).results().mapToLong(leads -> Long.parseLong(leads.group(1)));
        }
    },

    /** Pando as its launcher starts it: with the collector, the compilers and the record of a rehearsal that servers in production have. */
    INSTALLED_PANDO {
        @Override
        int choosePort() {
            return 0;
        }

        @Override
        Program program(Path home, int port, Map<String, String> settings, List<String> jvmOptions) {
            return Program.installed(jvmOptions, pando(home, port, settings));
        }

        @Override
        Optional<Integer> readyPort(int wanted, Path stdout) throws IOException {
            return PANDO.readyPort(wanted, stdout);
        }

        @Override
        LongStream epochsLed(String output) {
            return PANDO.epochsLed(output);
        }
    },

    ZOOKEEPER {
        private static final Pattern LEADS = Pattern.compile("setting last processed zxid: 0x([0-9a-f]+)00000000");

        @Override
        int choosePort() throws IOException {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            }
        }

        @Override
        Program program(Path home, int port, Map<String, String> settings, List<String> jvmOptions) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Installation.jdk("java").toString());
            command.addAll(Program.SMALL_AND_SHORT);
            command.addAll(jvmOptions);
            command.addAll(asProperties(settings));
            command.add("org.apache.zookeeper.server."
                    + (isMember(settings) ? "quorum.QuorumPeerMain" : "ZooKeeperServerMain"));
            command.add(configuration(home, port, settings).toString());
            return new Program(command, Map.of("CLASSPATH", libraries()));
        }

        private static Path configuration(Path home, int port, Map<String, String> settings) throws IOException {
            Map<String, String> all = new TreeMap<>(settings);
            if (isMember(settings)) {
                List.of("initLimit", "syncLimit").forEach(limit -> all.putIfAbsent(limit, "10"));
            } else {
                all.put("clientPort", Integer.toString(port));
                all.put("clientPortAddress", "127.0.0.1");
            }
            all.put("dataDir", home.resolve("data").toString());
            all.put("admin.enableServer", "false");
            all.putIfAbsent("extendedTypesEnabled", "true");
            Path file = home.resolve("zoo.cfg");
            List<String> lines = new ArrayList<>();
            all.forEach((key, value) -> lines.add(key + "=" + value));
            return Files.write(file, lines);
        }

        // Half of Apache's settings are read from system properties, some with the prefix and some without.
        private static List<String> asProperties(Map<String, String> settings) {
            List<String> options = new ArrayList<>();
            settings.forEach((key, value) -> {
                options.add("-D" + key + "=" + value);
                options.add("-Dzookeeper." + key + "=" + value);
            });
            return options;
        }

        private static String libraries() {
            String name = ZOOKEEPER_VERSION.isEmpty() ? "zookeeper-lib" : "zookeeper-lib-" + ZOOKEEPER_VERSION;
            Path folder = Program.placeOf(Target.class).resolveSibling(name);
            if (Files.isDirectory(folder)) return folder + "/*";
            throw new IllegalStateException("Apache ZooKeeper's jars are not in " + folder
                    + "; let Maven copy them there: mvn -pl test -am generate-test-resources");
        }

        @Override
        Optional<Integer> readyPort(int wanted, Path stdout) throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1000);
                socket.setSoTimeout(1000); // a server that was about to open may never answer; the next one is
                socket.getOutputStream().write("srvr".getBytes(UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                return answer.contains("Mode: standalone") ? Optional.of(wanted) : Optional.empty();
            } catch (IOException notYet) {
                return Optional.empty();
            }
        }

        @Override
        LongStream epochsLed(String output) {
            return LEADS.matcher(output).results().mapToLong(leads -> Long.parseLong(leads.group(1), 16));
        }
    };

    /** What Pando's command line says, however it is started. */
    private static List<String> pando(Path home, int port, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of("server"));
        Map<String, String> all = new TreeMap<>(settings);
        if (!isMember(settings)) {
            all.put("clientPort", Integer.toString(port));
            all.put("clientPortAddress", "127.0.0.1");
        }
        all.put("dataDir", home.resolve("data").toString());
        all.forEach((key, value) -> {
            arguments.add("--set");
            arguments.add(key + "=" + value);
        });
        return arguments;
    }

    /** Empty for the one that this project compares itself with. */
    private static final String ZOOKEEPER_VERSION = System.getProperty("pando.zookeeper.version", "");

    private static final Pattern VERSION = Pattern.compile("3\\.(\\d+)\\..*");

    /** Whether it is Apache's in a version before 3.{@code minor}. */
    public boolean isBefore(int minor) {
        if (this != ZOOKEEPER || ZOOKEEPER_VERSION.isEmpty()) return false;
        Matcher version = VERSION.matcher(ZOOKEEPER_VERSION);
        if (!version.matches()) throw new IllegalArgumentException("pando.zookeeper.version is like 3.5.10");
        return Integer.parseInt(version.group(1)) < minor;
    }

    /** The one this run is about. */
    public static Target current() {
        return switch (System.getProperty("pando.test.target", "pando")) {
            case "pando" -> PANDO;
            case "zookeeper" -> ZOOKEEPER;
            default -> throw new IllegalArgumentException("pando.test.target is pando or zookeeper");
        };
    }

    /** Whether the settings describe a member of an ensemble, whose own line names its client port. */
    private static boolean isMember(Map<String, String> settings) {
        return settings.keySet().stream().anyMatch(key -> key.startsWith("server."));
    }

    /** The client port to ask for: 0 where the server itself picks one and tells. */
    abstract int choosePort() throws IOException;

    /** What starts it, with everything below {@code home}. */
    abstract Program program(Path home, int port, Map<String, String> settings, List<String> jvmOptions)
            throws IOException;

    /** The port on which it serves, as soon as it does. */
    abstract Optional<Integer> readyPort(int wanted, Path stdout) throws IOException;

    /** The epochs in which a member of an ensemble found that a quorum follows it. */
    abstract LongStream epochsLed(String output);
}
