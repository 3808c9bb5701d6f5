package io.pando.test.whole;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** One direction of a connection: what goes in comes out in order, some time later, and not before its way is open. */
final class Pipe {
    private static final long RESEND_NANOS = 50_000_000;

    private final World world;
    private final RandomGenerator random;
    private final long from;
    private final long to;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private boolean gone;
    private long heldUntilNanos;

    private record UnderWay(long arrivesAtNanos, Runnable arrival) {}

    Pipe(World world, RandomGenerator random, long from, long to) {
        this.world = world;
        this.random = random;
        this.from = from;
        this.to = to;
    }

    void carry(Runnable arrival) {
        if (gone) {
            return;
        }
        long delay = World.exponential(random, world.profile().meanDelayNanos());
        if (!world.isMended() && random.nextInt(500) == 0) {
            delay *= 20;
        }
        underWay.add(new UnderWay(world.nowNanos() + delay, arrival));
        if (underWay.size() == 1) {
            arriveNext();
        }
    }

    private void arriveNext() {
        world.scheduler().at(underWay.element().arrivesAtNanos(), this::arriveIfOpen);
    }

    private void arriveIfOpen() {
        if (gone) {
            return;
        }
        if (world.nowNanos() < heldUntilNanos) {
            world.scheduler().at(heldUntilNanos, this::arriveIfOpen);
            return;
        }
        if (!world.paths().isOpen(from, to)) {
            world.scheduler().in(RESEND_NANOS, this::arriveIfOpen);
            return;
        }
        Runnable arrival = underWay.remove().arrival();
        if (!underWay.isEmpty()) {
            arriveNext();
        }
        arrival.run();
    }

    /** What is under way arrives so much later. */
    void hold(long nanos) {
        heldUntilNanos = world.nowNanos() + nanos;
    }

    /** What is still under way never arrives. */
    void lose() {
        gone = true;
        underWay.clear();
    }
}
