package io.pando.test.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pando.zab.disk.QuietLog;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of which none has room any more. */
class FullDisksTest {
    private static final int SEEDS = 10;

    private final QuietLog quiet = new QuietLog("io.pando");

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_client_ends_its_session_when_its_writes_are_refused_for_want_of_room() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            World world = withoutRoom(seed);
            SimClient client = world.clients().getFirst();
            world.awaitOrFail(10 * World.SECOND, "The client has no session", client::isAttached);

            long session = client.sessionId();
            client.close();
            client.fallSilent();
            world.run(World.SECOND);

            assertFalse(world.oracle().sessions().live().contains(session), "seed " + seed);
            assertEquals(0, world.coverage().of("halts by a full disk"), "seed " + seed);
        }
    }

    /** A client has been refused a write, because all disks are full. */
    private static World withoutRoom(int seed) {
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
