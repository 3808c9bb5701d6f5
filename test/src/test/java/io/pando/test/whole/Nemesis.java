package io.pando.test.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Breaks things, as often as the profile says, until it is told to stop. */
final class Nemesis {
    private final World world;
    private final SplittableRandom random;
    private boolean stopped;

    private enum Fault {
        CRASH,
        CRASH_OF_LEADER,
        POWER_OF_ONE,
        POWER_OF_ALL,
        POWER_AT_AN_OPERATION,
        DISK_OPERATION,
        PAUSE,
        RESET,
        CUT,
        CUT_ONE_WAY,
        ISOLATE,
        ISOLATE_LEADER,
        CUT_CLIENT,
        HANDOVER
    }

    Nemesis(World world) {
        this.world = world;
        this.random = world.choices().split();
    }

    void begin() {
        if (world.profile().bendsTree()) {
            world.scheduler().in(random.nextLong(world.profile().stormNanos()), this::bend);
        }
        next();
    }

    /** A server starts again, and its snapshot has become another one, of which all checksums are right. */
    private void bend() {
        SimServer victim = random.nextBoolean() ? leaderOrAny() : anyServer();
        world.trace("nemesis", "bends the tree of " + victim);
        victim.bendTree();
        crash(victim);
    }

    private void next() {
        world.scheduler().in(World.exponential(random, world.profile().faultEveryNanos()), () -> {
            if (!stopped) {
                strike(Fault.values()[random.nextInt(Fault.values().length)]);
                next();
            }
        });
    }

    void stop() {
        stopped = true;
        world.paths().healAll();
    }

    private SimServer anyServer() {
        List<SimServer> all = List.copyOf(world.servers());
        return all.get(random.nextInt(all.size()));
    }

    private SimServer leaderOrAny() {
        SimServer leader = world.leader();
        return leader == null ? anyServer() : leader;
    }

    private long aWhile() {
        return random.nextLong(random.nextInt(4) == 0 ? 3 * World.SECOND : World.SECOND);
    }

    private void strike(Fault fault) {
        world.coverage().count("fault " + fault);
        SimServer victim = anyServer();
        SimServer other = anyServer();
        world.trace("nemesis", fault + ", " + victim + ", " + other);
        switch (fault) {
            case CRASH -> crash(victim);
            case CRASH_OF_LEADER -> crash(leaderOrAny());
            case POWER_OF_ONE -> losePower(victim);
            case POWER_OF_ALL -> world.servers().forEach(this::losePower);
            case POWER_AT_AN_OPERATION -> whileUp(victim, () -> victim.losePowerAfter(few()));
            case DISK_OPERATION -> whileUp(victim, () -> victim.failDiskAfter(few()));
            case PAUSE -> {
                Life life = (random.nextBoolean() ? leaderOrAny() : victim).life();
                if (life != null) {
                    life.host().pause(aWhile());
                }
            }
            case RESET -> {
                if (!victim.equals(other)) {
                    world.links().reset(victim.id(), other.id());
                }
            }
            case CUT -> cutFor(List.of(victim.id()), List.of(other.id()), false);
            case CUT_ONE_WAY -> cutFor(List.of(victim.id()), List.of(other.id()), true);
            case ISOLATE -> cutFor(List.of(victim.id()), others(victim), random.nextInt(4) == 0);
            case ISOLATE_LEADER -> {
                SimServer leader = leaderOrAny();
                cutFor(List.of(leader.id()), others(leader), random.nextInt(4) == 0);
            }
            case CUT_CLIENT -> {
                SimClient client =
                        world.clients().get(random.nextInt(world.clients().size()));
                cutFor(List.of(client.address()), allServers(), random.nextBoolean());
            }
            case HANDOVER -> {
                Life life = leaderOrAny().life();
                if (life != null) {
                    life.resign();
                }
            }
        }
    }

    private int few() {
        return (int) Math.pow(60, random.nextDouble());
    }

    private void crash(SimServer server) {
        whileUp(server, server::crash);
    }

    private void losePower(SimServer server) {
        whileUp(server, server::losePower);
    }

    private static void whileUp(SimServer server, Runnable action) {
        if (server.isUp()) {
            action.run();
        }
    }

    private List<Long> allServers() {
        return world.servers().stream().map(SimServer::id).toList();
    }

    private List<Long> others(SimServer server) {
        List<Long> others = new ArrayList<>(allServers());
        others.remove(server.id());
        return others;
    }

    private void cutFor(List<Long> some, List<Long> others, boolean oneWay) {
        for (long one : some) {
            for (long other : others) {
                if (one == other) {
                    continue;
                }
                if (!oneWay) {
                    world.paths().cutBoth(one, other);
                } else if (random.nextBoolean()) {
                    world.paths().cut(one, other);
                } else {
                    world.paths().cut(other, one);
                }
                world.scheduler().in(aWhile(), () -> world.paths().healBoth(one, other));
            }
        }
    }
}
