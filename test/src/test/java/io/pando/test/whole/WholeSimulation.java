package io.pando.test.whole;

import io.pando.server.watch.Publication;
import io.pando.zab.sim.Coverage;
import io.pando.zab.sim.SimFailure;
import java.util.TreeSet;

/** One seed: faults and clients for a while; then everything is mended and must come right, and then nothing may go wrong any more. */
final class WholeSimulation {
    private static final long CALM_NANOS = 3 * World.SECOND / 2;

    private final World world;
    private final Nemesis nemesis;

    private WholeSimulation(World world) {
        this.world = world;
        this.nemesis = new Nemesis(world);
    }

    /** What is known of a run that went well. */
    record Outcome(Coverage coverage, long traceHash, long steps) {}

    /** @throws SimFailure if something that must hold did not; it says how to see it again */
    static Outcome run(long seed) {
        World world = new World(seed);
        try {
            new WholeSimulation(world).run();
        } catch (RuntimeException | Error failure) {
            throw explained(world, seed, failure);
        }
        return new Outcome(
                world.coverage(), world.traceHash(), world.scheduler().steps());
    }

    private void run() {
        for (SimServer server : world.servers()) {
            world.scheduler().in(world.choices().nextLong(World.SECOND / 2), server::start);
        }
        world.clients().forEach(SimClient::begin);
        nemesis.begin();
        world.storageNemesis().begin();
        world.rotNemesis().begin();
        world.loneliness().begin();
        world.run(world.profile().stormNanos());
        nemesis.stop();
        world.loneliness().stop();
        world.storageNemesis().stop();
        world.rotNemesis().stop();
        world.mend();
        world.servers().forEach(SimServer::mend);
        requireRecovery();
        requireCalm();
        requireAgreement();
    }

    private void requireRecovery() {
        world.awaitOrFail(
                10 * World.SECOND, "No leader within ten seconds after healing", () -> world.leader() != null);
        world.awaitOrFail(
                30 * World.SECOND,
                "Not everybody follows within thirty seconds",
                () -> world.servers().stream().allMatch(SimServer::isActive));
        // A leader that has not seen yet that its disk has room again may hand over.
        world.awaitOrFail(
                5 * World.SECOND,
                "Not everybody knows within five seconds that there is room on the disks",
                () -> world.servers().stream().allMatch(SimServer::isWritable));
        // Whoever reads of one that has lost its power since then is to find out by itself.
        world.awaitOrFail(
                2 * World.SECOND,
                "Somebody still reads of one server alone, and none is alone any more",
                () -> world.clients().stream().noneMatch(SimClient::isReadingAlone));
        world.awaitOrFail(
                30 * World.SECOND,
                "Not everybody has the same tree within thirty seconds",
                () -> world.servers().stream().allMatch(SimServer::isActive)
                        && world.servers().stream()
                                        .map(SimServer::isBent)
                                        .distinct()
                                        .count()
                                == 1);
        world.awaitOrFail(
                10 * World.SECOND,
                "Not every voter has its voice back within ten seconds",
                () -> world.allVotersCount(null));
        world.storageNemesis().allIsBack();
        world.rotNemesis().requireRepairs();
        requireClients();
        // Whoever came back at the last moment may still lose the session that it was given.
        world.run(World.SECOND / 2);
        requireClients();
    }

    private void requireClients() {
        world.awaitOrFail(
                10 * World.SECOND,
                "Not every client has a session within ten seconds",
                () -> world.clients().stream().allMatch(SimClient::isAttached));
    }

    /** Nobody loses a session, a connection or a leader any more; but the sessions of those who are gone end. */
    private void requireCalm() {
        TreeSet<Long> kept = new TreeSet<>();
        world.clients().forEach(client -> kept.add(client.sessionId()));
        world.oracle().sessions().keep(kept);
        int epoch = leadersEpoch();
        world.run(CALM_NANOS);
        if (world.profile().lastCounter() >>> 16 == 0xFFFF && leadersEpoch() != epoch) {
            throw new SimFailure("Nothing is broken, and there is another leader than before");
        }
        world.clients().forEach(SimClient::fallSilent);
        world.awaitOrFail(
                5 * World.SECOND,
                "Not every request is answered within five seconds",
                () -> world.clients().stream().allMatch(SimClient::isIdle));
        world.awaitOrFail(
                4 * World.SECOND,
                "Sessions of those who are gone do not end",
                () -> world.oracle().sessions().live().equals(kept));
        world.oracle().sessions().requireEnds();
    }

    private int leadersEpoch() {
        SimServer leader = world.leader();
        return leader == null ? 0 : leader.epoch();
    }

    private void requireAgreement() {
        world.awaitOrFail(
                5 * World.SECOND,
                "Not everybody shows what is committed",
                () -> world.servers().stream()
                        .allMatch(server ->
                                server.publishedZxid() >= world.oracle().lastCommitted()));
        for (SimServer server : world.servers()) {
            Life life = server.life();
            Publication publication = life == null ? null : life.publication();
            if (publication == null) {
                throw new SimFailure(server + " is down");
            }
            world.oracle().requireSame(server.id(), publication.root());
        }
    }

    private static SimFailure explained(World world, long seed, Throwable failure) {
        StringBuilder story = new StringBuilder(failure.toString());
        story.append("\nSeed ").append(seed).append(", ").append(world.profile());
        story.append("\nThe last that happened:\n");
        world.lastTraceLines().forEach(line -> story.append(line).append('\n'));
        story.append(failure)
                .append("\nTo see it again: bin/pando simulate --whole --seeds 1 --from ")
                .append(seed);
        SimFailure explained = new SimFailure(story.toString());
        explained.initCause(failure);
        return explained;
    }
}
