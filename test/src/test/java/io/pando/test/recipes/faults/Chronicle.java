package io.pando.test.recipes.faults;

import io.pando.client.Pando;
import io.pando.client.error.PandoException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.fencing.FencingToken;
import io.pando.test.recipes.faults.Entry.What;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A history in the tree. Its order is that of the tree's changes, so it tells what took effect when, whatever the clocks and the pauses of
 * processes were. Used by one thread of each process.
 */
public final class Chronicle {
    private static final String ENTRY = "e-";

    private final Pando pando;
    private final String path;

    public Chronicle(Pando pando, String path) {
        this.pando = pando;
        this.path = path;
    }

    /** Adds an entry if the token is current. Whether it was added can't always be told; then it counts as if it was not. */
    public boolean add(What what, FencingToken token, String who) throws InterruptedException {
        Entry entry = new Entry(what, token.number(), who);
        try {
            token.guard(pando.transaction())
                    .create(path + "/" + ENTRY, entry.toBytes(), CreateMode.PERSISTENT_SEQUENTIAL)
                    .now();
            return true;
        } catch (TransactionFailedException refused) {
            if (!token.isRefusedBy(refused)) throw refused;
            return false;
        } catch (PandoException unknown) {
            return false;
        }
    }

    /** Adds an entry of one who has no token; false if nobody knows whether it was added. */
    public boolean add(What what, String who) throws InterruptedException {
        try {
            long session = pando.session().map(held -> held.id()).orElse(0L);
            pando.create(path + "/" + ENTRY)
                    .data(new Entry(what, session, who).toBytes())
                    .mode(CreateMode.PERSISTENT_SEQUENTIAL)
                    .now();
            return true;
        } catch (PandoException unknown) {
            return false;
        }
    }

    /** All entries, in the order in which they took effect. */
    public List<Entry> read() throws InterruptedException {
        List<String> names =
                new ArrayList<>(pando.getChildren(path).linearizable().now().names());
        names.sort(null);
        List<CompletableFuture<Entry>> reads = new ArrayList<>();
        for (String name : names) {
            reads.add(pando.getData(path + "/" + name).async().thenApply(found -> Entry.of(found.data())));
        }
        return reads.stream().map(CompletableFuture::join).toList();
    }
}
