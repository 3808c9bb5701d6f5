package io.pando.test.recipes.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.client.PandoBuilder;
import io.pando.client.connection.Session;
import io.pando.test.harness.Await;
import io.pando.test.harness.CuratorClients;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;

/** What the tests of data recipes have in common: clients of both kinds on the same server, which end with the test. */
abstract class DataRecipes {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract SharedServer server();

    final String path(String name) {
        return server().path(name);
    }

    final Pando pando() {
        return open(Pando.connect(server().process().connectString()));
    }

    final Pando open(PandoBuilder builder) {
        return server().closing(builder.backoff(Duration.ofMillis(2), Duration.ofMillis(50))
                .open());
    }

    final CuratorFramework curator() throws InterruptedException {
        return server().closing(CuratorClients.connect(server().process().connectString()));
    }

    /** Ends a client's session as an administrator would: another connection takes it over and closes it. */
    final void expire(Pando pando) throws Exception {
        Session session = pando.awaitConnected(PATIENCE);
        RawClient.endSession(server().process().port(), session.id(), session.password());
        Await.until(
                "the client has another session",
                () -> !pando.awaitConnected(PATIENCE).equals(session));
    }

    interface Task<T> {
        T act(int number) throws Exception;
    }

    /** Lets several act at once, and returns what came of it, once all are done. */
    static <T> List<T> crowd(int size, Task<T> task) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                futures.add(threads.submit(() -> task.act(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
