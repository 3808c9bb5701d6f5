package io.pando.test.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.zab.disk.QuietLog;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A leader that is cut off does not know it for a while. It hears nothing of sessions that live on at other servers, and what it decides
 * then may be committed later, because its log is the newest.
 */
class CutOffLeaderTest {
    private static final int SEEDS = 20;
    private static final int SHORTEST_SESSION_MS = 400;
    private static final long MILLISECOND = World.SECOND / 1000;

    private final QuietLog quiet = new QuietLog("io.pando");

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_session_that_is_heard_of_elsewhere_outlives_the_time_in_which_its_leader_is_cut_off() {
        List<Long> ended = LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> !outlivesTheCut(seed))
                .boxed()
                .toList();

        assertEquals(List.of(), ended, "seeds in which it has ended");
    }

    private static boolean outlivesTheCut(long seed) {
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

        return world.oracle().sessions().live().equals(Set.of(session));
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
            life.pause(2 * World.SECOND);
        }
    }
}
