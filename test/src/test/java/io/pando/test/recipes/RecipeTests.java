package io.pando.test.recipes;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.test.harness.Await;
import io.pando.test.harness.CuratorClients;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SharedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;

/** What tests of recipes share, on whichever server. */
abstract class RecipeTests {
    static final Duration SHORT = Duration.ofMillis(150);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract SharedServer server();

    final String path(String name) {
        return server().path(name);
    }

    /** A client with a session of its own, until the end of the test. */
    final Pando pando() {
        return server().closing(
                        Pando.connect(server().process().connectString()).open());
    }

    /** One whose connection the test can break, and which is soon back. */
    final Pando through(Relay relay) {
        return server().closing(Pando.connect(relay.connectString())
                .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                .open());
    }

    final CuratorFramework curator() throws InterruptedException {
        return server().closing(CuratorClients.connect(server().process().connectString()));
    }

    interface Role {
        void act(int number) throws Exception;
    }

    /** Lets so many act at once, and returns when all are done. */
    static void crowd(int size, Role role) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int number = i;
                Callable<Void> task = () -> {
                    role.act(number);
                    return null;
                };
                futures.add(threads.submit(task));
            }
            for (Future<?> future : futures) {
                future.get(60, TimeUnit.SECONDS);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("A member of the crowd failed", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The names below a path, none if there is no such znode. */
    static List<String> below(Pando pando, String path) throws InterruptedException {
        try {
            return pando.getChildren(path).now().names();
        } catch (NoNodeException gone) {
            return List.of();
        }
    }

    static void awaitEmpty(Pando pando, String path) {
        Await.until("nothing is left below " + path, () -> below(pando, path).isEmpty());
    }

    static void awaitSize(Pando pando, String path, int size) {
        Await.until(size + " are below " + path, () -> below(pando, path).size() == size);
    }

    /** Ends the session of a client as if it had been silent for its whole timeout. */
    final void expire(Pando pando) throws IOException {
        var session = pando.session().orElseThrow();
        RawClient.endSession(server().process().port(), session.id(), session.password());
    }
}
