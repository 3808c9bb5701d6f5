package io.pando.zab.sim;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Virtual time: what is due next happens next; what is due at the same time, in a random order that the seed decides. */
public final class Scheduler {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final RandomGenerator random;
    private long nowNanos;
    private long sequence;
    private long steps;

    private record Due(long atNanos, int tieBreak, long sequence, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            if (byTime != 0) {
                return byTime;
            }
            int byChance = Integer.compare(tieBreak, other.tieBreak);
            return byChance != 0 ? byChance : Long.compare(sequence, other.sequence);
        }
    }

    public Scheduler(RandomGenerator random) {
        this.random = random;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public long steps() {
        return steps;
    }

    public void in(long delayNanos, Runnable action) {
        at(nowNanos + Math.max(0, delayNanos), action);
    }

    public void at(long whenNanos, Runnable action) {
        queue.add(new Due(Math.max(nowNanos, whenNanos), random.nextInt(), sequence++, action));
    }

    /** Runs until a time, or until nothing is due any more. */
    public void runUntil(long whenNanos) {
        while (!queue.isEmpty() && queue.peek().atNanos() <= whenNanos) {
            step();
        }
        nowNanos = whenNanos;
    }

    /** Runs until a condition holds, which is looked at after every step; false if it does not in time. */
    public boolean runUntil(BooleanSupplier condition, long whenNanos) {
        while (!condition.getAsBoolean()) {
            if (queue.isEmpty() || queue.peek().atNanos() > whenNanos) {
                nowNanos = whenNanos;
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    private void step() {
        Due due = queue.remove();
        nowNanos = due.atNanos();
        steps++;
        due.action().run();
    }
}
