package io.pando.test.whole;

import io.pando.zab.sim.SimFailure;
import java.util.SplittableRandom;

/** No server has room any more. A session that is closed then ends all the same: that fits what is kept for it. */
final class FullDisks {
    private FullDisks() {}

    /** @throws SimFailure if a client that was refused a write can't end its session either, or a server stops */
    static void run(long seed) {
        World world = withoutRoom(seed);
        SimClient client = world.clients().getFirst();
        world.awaitOrFail(10 * World.SECOND, "The client has no session", client::isAttached);

        long session = client.sessionId();
        client.close();
        client.fallSilent();
        world.run(World.SECOND);

        if (world.oracle().sessions().live().contains(session)) {
            throw new SimFailure("Seed " + seed + ": its client has closed session 0x" + Long.toHexString(session)
                    + " a second ago, and it lives");
        }
        if (world.coverage().of("halts by a full disk") != 0) {
            throw new SimFailure("Seed " + seed + ": a server has stopped because its disk is full");
        }
    }

    /** A client has been refused a write, because all disks are full. */
    private static World withoutRoom(long seed) {
        World world = new World(Profile.calm(2000), new SplittableRandom(seed));
        SimClient client = world.clients().getFirst();
        world.servers().forEach(SimServer::start);
        client.begin();
        world.awaitOrFail(10 * World.SECOND, "The client has no session", client::isAttached);
        world.servers().forEach(server -> server.fill(0));
        world.awaitOrFail(
                60 * World.SECOND,
                "No write is refused",
                () -> world.coverage().of("writes refused for want of room") > 0);
        return world;
    }
}
