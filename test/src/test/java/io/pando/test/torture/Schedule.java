package io.pando.test.torture;

import io.pando.test.torture.Fault.Direction;
import io.pando.test.torture.Whom.Rank;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Faults without end, of which the seed decides all: which, in which order, upon whom, for how long. Every kind comes once before any
 * comes again, so that a short run has most of them.
 */
final class Schedule implements Iterator<Schedule.Step> {
    private static final double SHORTEST_MS = 150;
    private static final double LONGEST_MS = 15_000;
    private static final int MOST_CALM_MS = 2_000;
    private static final int MOST_DELAY_MS = 100;
    /** One in so many steps has a second fault at the same time. */
    private static final int TWO_AT_ONCE_ONE_IN = 3;

    private final Random chance;
    private final Deque<Fault> deck = new ArrayDeque<>();

    /**
     * Faults that last at the same time.
     *
     * @param calm before them
     */
    record Step(Duration calm, List<Fault> faults, Duration lasting) {}

    Schedule(long seed) {
        chance = new Random(seed);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Step next() {
        Duration calm = Duration.ofMillis(chance.nextInt(MOST_CALM_MS));
        List<Fault> faults = new ArrayList<>();
        faults.add(draw());
        if (chance.nextInt(TWO_AT_ONCE_ONE_IN) == 0) faults.add(another(faults.getFirst()));
        return new Step(calm, List.copyOf(faults), lasting());
    }

    private Fault draw() {
        if (deck.isEmpty()) {
            List<Fault> all =
                    new ArrayList<>(kinds().stream().map(Supplier::get).toList());
            Collections.shuffle(all, chance);
            deck.addAll(all);
        }
        return deck.pop();
    }

    private List<Supplier<Fault>> kinds() {
        return List.of(
                () -> new Fault.Kill(leader()),
                () -> new Fault.Kill(somebody()),
                Fault.KillAll::new,
                Fault.RestartInTurn::new,
                () -> new Fault.Freeze(leader()),
                () -> new Fault.Freeze(somebody()),
                () -> new Fault.Isolate(somebody()),
                () -> new Fault.Deafen(somebody()),
                () -> new Fault.Mute(somebody()),
                () -> new Fault.CutLink(somebody(), somebody()),
                this::slowLinks,
                () -> new Fault.BreakLinks(somebody()),
                this::silenceClients,
                Fault.BreakClients::new,
                Fault.FillDisk::new,
                () -> new Fault.Damage(somebody()),
                () -> new Fault.Wipe(somebody()));
    }

    /**
     * One that may come on top: where a server has just lost what it had promised, another must not be lost as well, for then nobody
     * owes anything.
     */
    private Fault another(Fault first) {
        List<Supplier<Fault>> mild = List.of(this::slowLinks, this::silenceClients, Fault.BreakClients::new);
        List<Supplier<Fault>> grave = List.of(
                () -> new Fault.Kill(somebody()),
                () -> new Fault.Freeze(somebody()),
                () -> new Fault.Isolate(somebody()),
                () -> new Fault.Deafen(somebody()),
                () -> new Fault.Mute(somebody()));
        boolean losesData = first instanceof Fault.Damage || first instanceof Fault.Wipe;
        List<Supplier<Fault>> choice = losesData || chance.nextBoolean() ? mild : grave;
        Fault second = choice.get(chance.nextInt(choice.size())).get();
        return second.getClass() == first.getClass() ? new Fault.BreakLinks(somebody()) : second;
    }

    private Fault slowLinks() {
        return new Fault.SlowLinks(1 + chance.nextInt(MOST_DELAY_MS));
    }

    private Fault silenceClients() {
        Direction[] directions = Direction.values();
        return new Fault.SilenceClients(somebody(), directions[chance.nextInt(directions.length)]);
    }

    private Whom leader() {
        return new Whom(Rank.LEADER, chance.nextInt(Integer.MAX_VALUE));
    }

    private Whom somebody() {
        Rank rank = chance.nextBoolean() ? Rank.LEADER : Rank.FOLLOWER;
        return new Whom(rank, chance.nextInt(Integer.MAX_VALUE));
    }

    /** Short ones are frequent, since most of them fit in; some last longer than every timeout. */
    private Duration lasting() {
        double ms = SHORTEST_MS * Math.pow(LONGEST_MS / SHORTEST_MS, chance.nextDouble());
        return Duration.ofMillis(Math.round(ms));
    }
}
