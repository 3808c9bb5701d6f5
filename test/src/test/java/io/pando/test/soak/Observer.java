package io.pando.test.soak;

import io.pando.test.bench.target.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Looks on while a phase of a soak passes, and tells what it sees in lines of a table. */
final class Observer {
    private static final int LOOK_EVERY_MS = 500;
    private static final String HEADINGS = "%12s %8s %9s %9s %9s %9s %9s %9s %8s %9s %7s  %s%n";

    private final Citizens citizens;
    private final List<Vitals> servers;
    private final PrintWriter out;
    private final Machine machine = new Machine();

    /** Begins a table. */
    Observer(Citizens citizens, List<Vitals> servers, PrintWriter out) {
        this.citizens = citizens;
        this.servers = servers;
        this.out = out;
        say(HEADINGS.formatted(
                "",
                "calls/s",
                "p50 ms",
                "p99 ms",
                "reads",
                "writes",
                "max ms",
                "attackers",
                "servers",
                "attackers",
                "others",
                "MiB"));
        say(HEADINGS.formatted("", "", "", "", "p99 ms", "p99 ms", "", "connected", "cores", "cores", "cores", ""));
    }

    /** Returns when it is over; {@code parts} are the lines that are told of it. */
    Phase pass(String name, Duration length, int parts, @Nullable Company company) throws IOException {
        Machine.Watch watch = machine.watch(() -> processes(company));
        Latencies whole = new Latencies();
        int mostOpen = 0;
        long mostResidentMib = 0;
        citizens.takeLatencies();
        for (int part = 0; part < parts; part++) {
            long beganNanos = System.nanoTime();
            Machine.Watch partly = machine.watch(() -> processes(company));
            Duration serving = processorTime();
            Duration attacking = processorTime(company);
            mostResidentMib = Math.max(mostResidentMib, watchMemory(length.dividedBy(parts)));
            double nanos = System.nanoTime() - beganNanos;

            Latencies taken = citizens.takeLatencies();
            Histogram latencies = taken.both();
            int open = company == null ? 0 : company.open();
            say("%12s %8.0f %9.2f %9.2f %9.2f %9.2f %9.2f %9d %8.2f %9.2f %7.2f  %s%n"
                    .formatted(
                            name,
                            latencies.getTotalCount() / nanos * 1e9,
                            ms(latencies.getValueAtPercentile(50)),
                            ms(latencies.getValueAtPercentile(99)),
                            ms(taken.reads().getValueAtPercentile(99)),
                            ms(taken.writes().getValueAtPercentile(99)),
                            ms(latencies.getMaxValue()),
                            open,
                            processorTime().minus(serving).toNanos() / nanos,
                            processorTime(company).minus(attacking).toNanos() / nanos,
                            partly.othersCores().orElse(0),
                            residentMib()));
            whole.add(taken);
            mostOpen = Math.max(mostOpen, open);
        }
        double others = watch.othersCores().orElse(0);
        return new Phase(ms(whole.both().getValueAtPercentile(99)), others, mostOpen, mostResidentMib);
    }

    /** Tells how much of each heap is in use behind a collection. */
    void tellHeaps(String when) throws IOException {
        say("%12s: MiB of heap behind a collection: %s%n".formatted(when, Vitals.ofEach(servers, Vitals::heapMib)));
    }

    private List<Long> processes(@Nullable Company company) {
        Stream<Long> pids = servers.stream().map(Vitals::pid);
        return (company == null ? pids : Stream.concat(pids, Stream.of(company.pid()))).toList();
    }

    private Duration processorTime() {
        return servers.stream().map(Vitals::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration processorTime(@Nullable Company company) {
        return company == null ? Duration.ZERO : company.processorTime();
    }

    /** Lets so much time pass. Returns the most that a server took in. */
    private long watchMemory(Duration length) throws IOException {
        long endNanos = System.nanoTime() + length.toNanos();
        long most = 0;
        for (long leftMs = length.toMillis(); leftMs > 0; leftMs = (endNanos - System.nanoTime()) / 1_000_000) {
            try {
                Thread.sleep(Math.min(leftMs, LOOK_EVERY_MS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return most;
            }
            for (long each : residentMib()) most = Math.max(most, each);
        }
        return most;
    }

    private List<Long> residentMib() throws IOException {
        return Vitals.ofEach(servers, Vitals::residentMib);
    }

    private void say(String text) {
        out.print(text);
        out.flush();
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }
}
