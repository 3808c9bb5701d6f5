package io.pando.test.recipes.faults;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.Held;
import io.pando.test.recipes.faults.Entry.What;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Acquires something, writes under its token that it is in and that it was in, and releases it; now and then it does not wait for long. */
public final class HoldingRole extends Role {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofMillis(20);
    private static final int BRIEF_ONE_IN = 5;
    private static final long STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Acquirable acquirable;
    private final What what;
    private final Chronicle chronicle;
    private final String who;
    private final RandomGenerator chance;

    HoldingRole(String name, Acquirable acquirable, What what, Pando pando, String history, String who) {
        this(name, acquirable, what, new Chronicle(pando, history), who, new Random());
    }

    public HoldingRole(
            String name, Acquirable acquirable, What what, Chronicle chronicle, String who, RandomGenerator chance) {
        super(name);
        this.acquirable = acquirable;
        this.what = what;
        this.chronicle = chronicle;
        this.who = who;
        this.chance = chance;
    }

    @Override
    public boolean turn() throws Exception {
        boolean brief = chance.nextInt(BRIEF_ONE_IN) == 0;
        try (Held held = acquirable.acquire(brief ? BRIEF : LONG)) {
            return stay(held, what, chronicle, who);
        } catch (TimeoutException fine) {
            if (brief) return false;
            throw new AssertionError(acquirable + " was not to be had in " + LONG, fine);
        }
    }

    /** True if both entries were written. */
    static boolean stay(Held held, What what, Chronicle chronicle, String who) throws InterruptedException {
        if (!chronicle.add(what, held.token(), who)) return false;
        LockSupport.parkNanos(STAY_NANOS);
        return chronicle.add(What.ENDS, held.token(), who);
    }
}
