package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import io.pando.client.loop.ClientLoops;
import io.pando.recipes.fencing.Standing;
import io.pando.recipes.lock.Lock;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a holder knows when its process goes on after it stood still. */
class StandingStillTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void what_is_held_is_in_doubt_as_soon_as_others_may_have_it_and_not_only_when_that_is_told() throws Exception {
        try (var loops = ClientLoops.of(1);
                var pando = Pando.connect(SERVER.process().connectString())
                        .loops(loops)
                        .sessionTimeout(Duration.ofSeconds(4))
                        .open();
                var held = new Lock(pando, SERVER.path("lock")).acquire()) {
            Await.until("current", () -> held.standing() == Standing.CURRENT);
            var goOn = new CountDownLatch(1);
            var standingStill = loops.next().submit(() -> goOn.await(60, TimeUnit.SECONDS));

            Await.until("in doubt", () -> held.standing() == Standing.IN_DOUBT);

            assertEquals(ConnectionState.CONNECTED, pando.state());
            goOn.countDown();
            assertTrue(standingStill.get());
        }
    }
}
