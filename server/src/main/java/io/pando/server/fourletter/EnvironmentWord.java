package io.pando.server.fourletter;

import io.pando.server.version.Version;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** {@code envi}: the machine and the Java that the server runs on. */
final class EnvironmentWord {
    private static final List<String> PROPERTIES = List.of(
            "java.version",
            "java.vendor",
            "java.home",
            "java.class.path",
            "java.library.path",
            "java.io.tmpdir",
            "os.name",
            "os.arch",
            "os.version",
            "user.name",
            "user.home",
            "user.dir");
    private static final long MB = 1 << 20;

    private EnvironmentWord() {}

    static String answer() {
        var text = new StringBuilder("Environment:\n");
        append(text, "zookeeper.version", Version.asZooKeeper());
        append(text, "host.name", hostName());
        var properties = ManagementFactory.getRuntimeMXBean().getSystemProperties();
        for (var name : PROPERTIES) {
            append(text, name, properties.getOrDefault(name, "<NA>"));
        }
        var jvm = Runtime.getRuntime();
        append(text, "os.memory.free", jvm.freeMemory() / MB + "MB");
        append(text, "os.memory.max", jvm.maxMemory() / MB + "MB");
        append(text, "os.memory.total", jvm.totalMemory() / MB + "MB");
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }

    @SuppressWarnings("AddressSelection") // only its name is wanted
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "<NA>";
        }
    }
}
