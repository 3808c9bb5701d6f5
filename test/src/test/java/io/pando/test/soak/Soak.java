package io.pando.test.soak;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One run: calm, siege, and what is left of it. Judges that no server died, that no client that means well saw an error, and that the memory of each server
 * stayed within what its JVM was given; how long calls took is told and not judged.
 */
final class Soak {
    private static final int CITIZENS = 16;
    private static final int HEAP_MIB = 256;
    private static final int FILES_OF_OUR_OWN = 500;

    /** The heap, as much outside of it, and what a JVM needs for itself. */
    private static final int MOST_RESIDENT_MIB = 2 * HEAP_MIB + 256;

    private static final Map<String, String> SETTINGS = Map.of("tickTime", "2000", "maxClientCnxns", "0");
    private static final String[] OPTIONS = {
        "-Xmx" + HEAP_MIB + "m",
        "-XX:-UseSerialGC",
        "-XX:+UseG1GC",
        "-XX:TieredStopAtLevel=4",
        "-XX:+ExitOnOutOfMemoryError"
    };

    private final Duration siegeFor;
    private final int attackers;
    private final PrintStream out;
    private final List<String> flaws = new ArrayList<>();
    private long mostResidentMib;
    private int mostOpen;

    Soak(Duration siegeFor, int attackers, PrintStream out) {
        this.siegeFor = siegeFor;
        this.attackers = attackers;
        this.out = out;
    }

    /** What is wrong with the servers; empty if nothing is. */
    List<String> run(int servers) throws IOException {
        if (servers == 1) {
            try (ServerProcess server = ServerProcess.start(Target.PANDO, SETTINGS, OPTIONS)) {
                besiege(List.of(server.port()), List.of(server.pid()));
                if (!server.isAlive()) flaws.add("The server died: " + server.output());
            }
        } else {
            Ensemble.Plan plan = Ensemble.of(servers).withAll(SETTINGS);
            for (String option : OPTIONS) plan = plan.withJvmOption(option);
            try (Ensemble ensemble = plan.start(Target.PANDO)) {
                ensemble.awaitServing();
                List<Member> members = ensemble.members();
                besiege(
                        members.stream().map(Member::port).toList(),
                        members.stream().map(Member::pid).toList());
                for (Member member : members) {
                    if (!member.isAlive()) flaws.add("Server " + member.id() + " died: " + member.output());
                }
            }
        }
        return flaws;
    }

    private void besiege(List<Integer> ports, List<Long> pids) throws IOException {
        List<Vitals> vitals = pids.stream().map(Vitals::new).toList();
        out.printf(
                "%d servers with a heap of %d MiB, %d attackers, %d clients that mean well%n%n",
                ports.size(), HEAP_MIB, attackers, CITIZENS);
        out.printf("%12s %8s %9s %9s %9s %9s  %s%n", "", "calls/s", "p50 ms", "p99 ms", "max ms", "attackers", "MiB");
        try (Citizens citizens = new Citizens(CITIZENS, ports)) {
            Duration calm = siegeFor.dividedBy(6);
            phase("warming up", calm, 1, citizens, vitals, null);
            double calmP99 = phase("calm", calm, 1, citizens, vitals, null);
            tellHeaps("before", vitals);
            citizens.takeLatencies();
            double worstP99;
            try (Siege siege = new Siege(ports, attackers)) {
                Thread beginning = Thread.ofVirtual().start(siege::begin);
                worstP99 = phase("siege", siegeFor, 6, citizens, vitals, siege);
                siege.attempts().forEach((attack, times) -> out.printf("%30s %,9d times%n", attack, times.sum()));
                tellHeaps("under siege", vitals);
                beginning.interrupt();
            }
            citizens.takeLatencies();
            phase("afterwards", calm, 1, citizens, vitals, null);
            tellHeaps("afterwards", vitals);
            out.printf(
                    "%nAt most %d connections of attackers at a time, and %d MiB of memory, of %d allowed. p99 under"
                            + " siege is %.1f times that of calm.%n",
                    mostOpen, mostResidentMib, MOST_RESIDENT_MIB, worstP99 / calmP99);
            flaws.addAll(citizens.errors());
        }
        if (mostResidentMib > MOST_RESIDENT_MIB) {
            flaws.add("A server took " + mostResidentMib + " MiB, more than the allowed " + MOST_RESIDENT_MIB);
        }
    }

    /** Returns the p99 of all of it, in milliseconds. */
    private double phase(
            String name, Duration length, int parts, Citizens citizens, List<Vitals> vitals, @Nullable Siege siege)
            throws IOException {
        Histogram whole = new Histogram(3);
        for (int part = 0; part < parts; part++) {
            long began = System.nanoTime();
            long calls = citizens.calls();
            sleep(length.dividedBy(parts), vitals);
            double seconds = (System.nanoTime() - began) / 1e9;
            Histogram latencies = citizens.takeLatencies();
            whole.add(latencies);
            int open = siege == null ? 0 : siege.open();
            mostOpen = Math.max(mostOpen, open);
            List<Long> resident = new ArrayList<>();
            for (Vitals one : vitals) resident.add(one.residentMib());
            out.printf(
                    "%12s %8.0f %9.2f %9.2f %9.2f %9d  %s%n",
                    name,
                    (citizens.calls() - calls) / seconds,
                    ms(latencies.getValueAtPercentile(50)),
                    ms(latencies.getValueAtPercentile(99)),
                    ms(latencies.getMaxValue()),
                    open,
                    resident);
        }
        return ms(whole.getValueAtPercentile(99));
    }

    private void sleep(Duration length, List<Vitals> vitals) throws IOException {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            try {
                Thread.sleep(Math.min(left, 500));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            for (Vitals one : vitals) mostResidentMib = Math.max(mostResidentMib, one.residentMib());
        }
    }

    private void tellHeaps(String when, List<Vitals> vitals) throws IOException {
        List<Long> heaps = new ArrayList<>();
        for (Vitals one : vitals) heaps.add(one.heapMib());
        out.printf("%12s: %s MiB of heap after a collection%n", when, heaps);
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }

    /** How many attackers a process that may have so many files open can take; each needs one here and one at a server. */
    static int mostAttackers() throws IOException {
        return Math.max(1, Vitals.openFilesAllowed() - FILES_OF_OUR_OWN);
    }
}
