package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How much CPU time somebody else uses while we measure, from Linux' {@code /proc}: all that the machine spent, less what
 * the given processes did.
 *
 * <p>Time in interrupts counts for nobody: most of it is our own packets on the loopback. Stolen time counts as others'.
 */
public final class Machine {
    private static final double TICKS_PER_SECOND = 100;
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final Path proc;
    private final Runnable pause;

    public Machine() {
        this(Path.of("/proc"), Machine::pauseForAMoment);
    }

    /** {@code pause}: lets a moment pass. */
    Machine(Path proc, Runnable pause) {
        this.proc = proc;
        this.pause = pause;
    }

    private static void pauseForAMoment() {
        try {
            TimeUnit.MILLISECONDS.sleep(MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while waiting for the machine to be idle.", e);
        }
    }

    /**
     * Waits for a moment in which all processes but this one together keep no more than {@code cores} busy: the servers that
     * were started here are to have done with what went before, too.
     *
     * @return false if there was none within {@code patience}; true where nobody can know
     */
    public boolean awaitIdle(double cores, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        do {
            var watch = watch(List::of);
            pause.run();
            if (watch.othersCores().orElse(0) <= cores) {
                return true;
            }
        } while (System.nanoTime() - end < 0);
        return false;
    }

    /** Begins to watch; {@code ours} are the processes, besides this one, that may work. */
    public Watch watch(Supplier<? extends Collection<Long>> ours) {
        return new Watch(ours);
    }

    /** From now until it is asked. */
    public final class Watch {
        private final Supplier<? extends Collection<Long>> ours;
        private final long beganNanos = System.nanoTime();
        private final long othersBefore;

        private Watch(Supplier<? extends Collection<Long>> ours) {
            this.ours = ours;
            othersBefore = othersTicks(ours);
        }

        /** Cores that others kept busy on average; empty where that can't be known. */
        public OptionalDouble othersCores() {
            return othersCores((System.nanoTime() - beganNanos) / 1e9);
        }

        OptionalDouble othersCores(double seconds) {
            long after = othersTicks(ours);
            if (othersBefore < 0 || after < 0) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(Math.max(0, after - othersBefore) / TICKS_PER_SECOND / seconds);
        }
    }

    /** Negative if unknown. */
    private long othersTicks(Supplier<? extends Collection<Long>> ours) {
        try {
            long ticks = busyTicks(Files.readString(proc.resolve("stat")));
            ticks -= ticksOf(ProcessHandle.current().pid());
            for (long pid : ours.get()) {
                ticks -= ticksOf(pid);
            }
            return ticks;
        } catch (IOException noSuchSystem) {
            return -1;
        }
    }

    private long ticksOf(long pid) throws IOException {
        try {
            return processTicks(Files.readString(proc.resolve(pid + "/stat")));
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    /** The line {@code cpu user nice system idle iowait irq softirq steal …}. */
    static long busyTicks(String stat) {
        var fields = stat.substring(0, stat.indexOf('\n')).trim().split(" +", -1);
        return Long.parseLong(fields[1])
                + Long.parseLong(fields[2])
                + Long.parseLong(fields[3])
                + Long.parseLong(fields[8]);
    }

    /**
     * {@code pid (name) state …}, where the name may contain anything: fields 14 to 17 are the time in user mode, in the
     * kernel, and both of children that ended. So a server that we killed counts on, as ours.
     */
    static long processTicks(String stat) {
        var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 14; field <= 17; field++) {
            ticks += Long.parseLong(afterName[field - 3]);
        }
        return ticks;
    }
}
