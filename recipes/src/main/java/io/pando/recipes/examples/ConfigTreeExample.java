package io.pando.recipes.examples;

import io.pando.client.Pando;
import io.pando.recipes.config.ConfigConflictException;
import io.pando.recipes.config.ConfigTree;
import io.pando.recipes.config.Configuration;
import io.pando.recipes.config.Edit;
import io.pando.recipes.config.Key;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that takes its settings from the tree and obeys them while it runs, and an operator who changes two that belong together.
 * {@code java … ConfigTreeExample 127.0.0.1:2181}
 */
public final class ConfigTreeExample {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigTreeExample.class);

    private static final Key<String> PRIMARY = Key.ofText("database/primary", "db1");
    private static final Key<String> REPLICA = Key.ofText("database/replica", "db2");
    private static final Key<Duration> TIMEOUT = Key.ofDuration("timeout", Duration.ofSeconds(5));

    private ConfigTreeExample() {}

    public static void main(String[] args) throws Exception {
        run(args[0], LOG::info);
    }

    /** The whole of it. */
    public static void run(String servers, Consumer<String> say) throws Exception {
        try (Pando pando = Pando.connect(servers).open();
                ConfigTree service = new ConfigTree(pando, "/example/config");
                ConfigTree operator = new ConfigTree(pando, "/example/config")) {
            service.awaitLoaded(Duration.ofSeconds(10));
            operator.awaitLoaded(Duration.ofSeconds(10));
            say.accept("The service begins with " + describe(service.current()));

            // Told on the client's callback thread. The two databases are always those of one configuration.
            CountDownLatch swapped = new CountDownLatch(1);
            service.listen(change -> {
                say.accept("The service goes on with " + describe(change.after()));
                swapped.countDown();
            });
            CountDownLatch heard = new CountDownLatch(1);
            service.listen(TIMEOUT, timeout -> {
                say.accept("Calls may take " + timeout.toMillis() + " ms now");
                heard.countDown();
            });

            swapDatabases(operator);
            swapped.await(10, TimeUnit.SECONDS);
            operator.edit().set(TIMEOUT, Duration.ofMillis(1_500)).publish();
            heard.await(10, TimeUnit.SECONDS);
        }
    }

    /** If somebody else publishes in between, what they did is kept, and the swap is made on top of it. */
    private static void swapDatabases(ConfigTree config) throws InterruptedException {
        while (true) {
            Edit edit = config.edit();
            try {
                edit.set(PRIMARY, edit.base().get(REPLICA))
                        .set(REPLICA, edit.base().get(PRIMARY))
                        .publish();
                return;
            } catch (ConfigConflictException another) {
                // The newer configuration arrives in a moment.
                Thread.sleep(10);
            }
        }
    }

    private static String describe(Configuration config) {
        return config.get(PRIMARY) + " and " + config.get(REPLICA);
    }
}
