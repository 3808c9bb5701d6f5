package io.pando.test.whole;

import io.pando.server.core.CoreLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The core's thread: it wakes up some time after an event has come, and takes as many as chance has it. */
final class CoreTurns<E> implements CoreLoop<E> {
    private static final int MOST_IN_A_TURN = 64;

    private final SimHost host;
    private final World world;
    private final RandomGenerator random;
    private final Consumer<E> handle;
    private final Runnable endTurn;
    private final Deque<E> events = new ArrayDeque<>();
    private boolean started;
    private boolean due;

    CoreTurns(SimHost host, World world, RandomGenerator random, Consumer<E> handle, Runnable endTurn) {
        this.host = host;
        this.world = world;
        this.random = random;
        this.handle = handle;
        this.endTurn = endTurn;
    }

    @Override
    public void start() {
        started = true;
        turnSoon();
    }

    private void turnSoon() {
        if (started && !due && !events.isEmpty()) {
            due = true;
            host.later(host.wakeUpTime(), this::turn);
        }
    }

    private void turn() {
        due = false;
        for (int left = 1 + random.nextInt(MOST_IN_A_TURN); left > 0 && !events.isEmpty(); left--) {
            handle.accept(events.remove());
        }
        endTurn.run();
        host.turnEnded();
        turnSoon();
    }

    @Override
    public boolean offer(E event) {
        if (events.size() >= world.profile().bounds().ringPlaces()) {
            world.coverage().count("events that a full ring has no place for");
            return false;
        }
        events.add(event);
        turnSoon();
        return true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public void halt() {
        started = false;
    }
}
