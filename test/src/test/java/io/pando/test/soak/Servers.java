package io.pando.test.soak;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Servers with little memory, one or an ensemble.
 *
 * @param ports where clients connect
 */
record Servers(List<Integer> ports, List<Vitals> vitals, AutoCloseable running) implements AutoCloseable {
    static final int HEAP_MIB = 256;

    private static final Map<String, String> SETTINGS = Map.of("tickTime", "2000", "maxClientCnxns", "0");
    private static final List<String> OPTIONS = List.of(
            "-Xms" + HEAP_MIB + "m",
            "-Xmx" + HEAP_MIB + "m",
            "-XX:-UseSerialGC",
            "-XX:+UseG1GC",
            "-XX:TieredStopAtLevel=4",
            // As bin/pando sets them.
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.leakDetection.level=disabled");

    /** @param moreOptions of the JVM, for each server, besides those that bin/pando sets */
    static Servers start(int servers, List<String> moreOptions) throws IOException {
        List<String> options = Stream.of(OPTIONS.stream(), compactHeaders(), moreOptions.stream())
                .flatMap(Function.identity())
                .toList();
        if (servers == 1) {
            ServerProcess server = ServerProcess.start(Target.PANDO, SETTINGS, options.toArray(String[]::new));
            return new Servers(List.of(server.port()), List.of(Vitals.of(server)), server);
        }
        Ensemble.Plan plan = Ensemble.of(servers).withAll(SETTINGS);
        for (String option : options) plan = plan.withJvmOption(option);
        Ensemble ensemble = plan.start(Target.PANDO);
        return new Servers(
                ensemble.members().stream().map(Member::port).toList(),
                ensemble.members().stream().map(Vitals::of).toList(),
                ensemble);
    }

    private static Stream<String> compactHeaders() {
        return Runtime.version().feature() >= 25 ? Stream.of("-XX:+UseCompactObjectHeaders") : Stream.empty();
    }

    @Override
    public void close() throws IOException {
        try {
            running.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
