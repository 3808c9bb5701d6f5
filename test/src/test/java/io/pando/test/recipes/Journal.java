package io.pando.test.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.error.PandoException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.fencing.FencingToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What holders have done, written by them into the tree under the guard of their tokens. Its order is the tree's, so it proves exclusion
 * of what took effect, whatever the clocks and the pauses of processes were.
 */
final class Journal {
    private final String path;

    // Holders on threads of their own write; the test reads.
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Journal(Pando pando, String path) throws InterruptedException {
        this.path = path;
        pando.create(path).now();
    }

    /** Writes an entry, if the token is current; if nobody can say whether it was written, that is as well. */
    void write(Pando pando, FencingToken token, String who) throws InterruptedException {
        try {
            token.guard(pando.transaction())
                    .create(
                            path + "/entry-",
                            (token.number() + " " + who).getBytes(UTF_8),
                            CreateMode.PERSISTENT_SEQUENTIAL)
                    .now();
            written.incrementAndGet();
        } catch (TransactionFailedException failed) {
            assertTrue(token.isRefusedBy(failed), failed::getMessage);
            refused.incrementAndGet();
        } catch (PandoException unknown) {
            // The connection broke in the middle of it; the next one is for whoever holds then.
        }
    }

    int written() {
        return written.get();
    }

    /** Numbers never go back, and each belongs to one holder. */
    void assertExclusive(Pando pando) throws InterruptedException {
        List<String> names =
                new ArrayList<>(pando.getChildren(path).linearizable().now().names());
        names.sort(null);
        Map<Long, String> holders = new HashMap<>();
        List<String> violations = new ArrayList<>();
        long highest = 0;
        for (String name : names) {
            String entry = pando.getData(path + "/" + name).now().text();
            int space = entry.indexOf(' ');
            long number = Long.parseLong(entry.substring(0, space));
            String holder = entry.substring(space + 1);
            if (number < highest) {
                violations.add(name + ": " + number + " after " + highest);
            }
            highest = Math.max(highest, number);
            String other = holders.putIfAbsent(number, holder);
            if (other != null && !other.equals(holder)) {
                violations.add(name + ": " + number + " of " + other + " and of " + holder);
            }
        }
        assertEquals(List.of(), violations);
        assertTrue(names.size() >= written.get(), () -> names.size() + " entries of " + written);
    }
}
