package io.pando.test.whole;

import io.pando.zab.sim.SimFailure;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A leader that is cut off does not know it for a while. It hears nothing of a session that lives on at another server, and what it decides
 * then may be committed later, because its log is the newest.
 */
final class CutOffLeader {
    private static final int SHORTEST_SESSION_MS = 400;
    private static final long MILLISECOND = World.SECOND / 1000;

    private CutOffLeader() {}

    /** @throws SimFailure if the session has ended */
    static void run(long seed) {
        World world = new World(Profile.calm(SHORTEST_SESSION_MS), new SplittableRandom(seed));
        world.servers().forEach(SimServer::start);
        SimClient client = world.clients().getFirst();
        client.fallSilent(); // but for its pings
        client.begin();
        SimServer leader = leaderOfAClientElsewhere(world, client);
        long session = client.sessionId();
        world.run(world.choices().nextLong(SHORTEST_SESSION_MS) * MILLISECOND);

        for (SimServer other : world.servers()) {
            world.paths().cutBoth(leader.id(), other.id());
            if (other.id() != leader.id() && other.id() != client.serverId()) {
                pause(other); // or these two would go on without that leader, and its log would not count
            }
        }
        world.run(900 * MILLISECOND);
        world.paths().healAll();
        world.run(3 * World.SECOND);

        Set<Long> live = world.oracle().sessions().live();
        if (!live.equals(Set.of(session))) {
            throw new SimFailure("Seed " + seed + ": session 0x" + Long.toHexString(session)
                    + " was heard of all the time, and those that live are " + live);
        }
    }

    private static SimServer leaderOfAClientElsewhere(World world, SimClient client) {
        world.awaitOrFail(
                10 * World.SECOND,
                "Not all serve",
                () -> world.servers().stream().allMatch(SimServer::isActive));
        world.awaitOrFail(10 * World.SECOND, "The client is attached to no follower", () -> {
            if (client.isAttached() && world.server(client.serverId()).isLeading()) {
                client.move();
            }
            return client.isAttached();
        });
        SimServer leader = world.leader();
        if (leader == null) {
            throw new IllegalStateException("All serve, and nobody leads");
        }
        return leader;
    }

    private static void pause(SimServer server) {
        Life life = server.life();
        if (life != null) {
            life.host().pause(2 * World.SECOND);
        }
    }
}
