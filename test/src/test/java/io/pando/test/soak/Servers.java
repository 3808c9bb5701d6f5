package io.pando.test.soak;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Servers with little memory, one or an ensemble, as {@code bin/pando} starts them.
 *
 * @param ports where clients connect
 */
record Servers(List<Integer> ports, List<Vitals> vitals, AutoCloseable running) implements AutoCloseable {
    static final int HEAP_MIB = 256;

    private static final Map<String, String> SETTINGS = Map.of("tickTime", "2000", "maxClientCnxns", "0");

    /** @param moreOptions of the JVM, for each server, besides those that bin/pando sets */
    static Servers start(int servers, List<String> moreOptions) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Xms" + HEAP_MIB + "m", "-Xmx" + HEAP_MIB + "m"));
        options.addAll(moreOptions);
        if (servers == 1) {
            ServerProcess server =
                    ServerProcess.start(Target.INSTALLED_PANDO, SETTINGS, options.toArray(String[]::new));
            return new Servers(List.of(server.port()), List.of(Vitals.of(server)), server);
        }
        Ensemble.Plan plan = Ensemble.of(servers).withAll(SETTINGS);
        for (String option : options) plan = plan.withJvmOption(option);
        Ensemble ensemble = plan.start(Target.INSTALLED_PANDO);
        return new Servers(
                ensemble.members().stream().map(Member::port).toList(),
                ensemble.members().stream().map(Vitals::of).toList(),
                ensemble);
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
