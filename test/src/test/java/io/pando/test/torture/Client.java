package io.pando.test.torture;

import io.pando.client.error.PandoException;
import io.pando.client.error.Retry;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.test.recipes.faults.Role;
import io.pando.test.znodes.Violations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.KeeperException;

/** Plays a role in a thread of its own, a turn after the other with a pause that chance decides, until it is told to stop. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Role role;
    private final Random chance;
    private final int longestPauseMs;
    private final Violations violations;
    private final Thread thread;
    // Written by its thread, read by whoever waits for it.
    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean stopping;

    Client(Role role, Random chance, int longestPauseMs, Violations violations) {
        this.role = role;
        this.chance = chance;
        this.longestPauseMs = longestPauseMs;
        this.violations = violations;
        this.thread = Thread.ofPlatform().daemon().name(role.name()).unstarted(this::play);
    }

    void start() {
        thread.start();
    }

    /** How many turns came to something. */
    int turns() {
        return turns.get();
    }

    void tellToStop() {
        stopping = true;
    }

    /** Returns when it has stopped; if it does not, that is a violation. */
    void awaitEnd() throws InterruptedException {
        thread.join(PATIENCE);
        if (thread.isAlive()) {
            violations.add(this + " waits for an answer in vain, in\n  "
                    + String.join(
                            "\n  ",
                            Arrays.stream(thread.getStackTrace())
                                    .map(String::valueOf)
                                    .toList()));
            thread.interrupt();
        }
    }

    private void play() {
        try {
            while (!stopping) {
                try {
                    if (role.turn()) turns.incrementAndGet();
                } catch (KeeperException | PandoException | IOException failure) {
                    if (!isOfTheConnection(failure)) throw failure;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(chance.nextInt(longestPauseMs)));
            }
            role.close();
        } catch (InterruptedException e) {
            // It was told often enough.
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            violations.add(this + " was told what it must not be told: " + trace);
        }
    }

    /** Whatever else a client is told is wrong, as none of its requests is. */
    private static boolean isOfTheConnection(Exception failure) {
        return switch (failure) {
            case KeeperException told -> Session.isOfTheConnection(told);
            case PandoException told -> told instanceof UnknownOutcomeException || told.retry() == Retry.SAFE;
            default -> failure instanceof IOException;
        };
    }

    @Override
    public String toString() {
        return role.name();
    }
}
