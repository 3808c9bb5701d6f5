package io.pando.zab.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Which fault comes when: every seed has its own taste, most of one kind and little of another. */
final class Faults<F extends Enum<F>> {
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final long everyNanos;
    private final BooleanSupplier strikes;
    private final Consumer<F> strike;
    private final Map<F, Integer> appetite;
    private boolean stopped;

    /**
     * Faults that have not begun.
     *
     * @param everyNanos mean time between two
     * @param strikes asked of each in turn, whether it does
     */
    Faults(
            Class<F> kinds,
            Scheduler scheduler,
            RandomGenerator random,
            long everyNanos,
            BooleanSupplier strikes,
            Consumer<F> strike) {
        this.scheduler = scheduler;
        this.random = random;
        this.everyNanos = everyNanos;
        this.strikes = strikes;
        this.strike = strike;
        this.appetite = new EnumMap<>(kinds);
        for (F kind : kinds.getEnumConstants()) {
            appetite.put(kind, (int) Math.pow(30, random.nextDouble()));
        }
    }

    void never(F kind) {
        appetite.put(kind, 0);
    }

    void often(F kind) {
        appetite.merge(kind, 10, Integer::sum);
    }

    void begin() {
        long delay = (long) (-Math.log(1 - random.nextDouble()) * everyNanos);
        scheduler.in(delay, () -> {
            if (!stopped) {
                F fault = draw();
                if (strikes.getAsBoolean()) {
                    strike.accept(fault);
                }
                begin();
            }
        });
    }

    void stop() {
        stopped = true;
    }

    private F draw() {
        int at = random.nextInt(
                appetite.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<F, Integer> kind : appetite.entrySet()) {
            at -= kind.getValue();
            if (at < 0) {
                return kind.getKey();
            }
        }
        throw new IllegalStateException("Nothing to draw from");
    }
}
