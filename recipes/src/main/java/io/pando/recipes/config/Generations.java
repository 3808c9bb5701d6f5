package io.pando.recipes.config;

import io.pando.client.Pando;
import io.pando.client.call.Transaction;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The subtrees below {@code generations}: each is written before anything points to it, never changed after that, and removed when it is
 * old. A setting is a leaf, with its text as UTF-8.
 */
final class Generations {
    private static final byte[] NO_DATA = {};

    /** Far below the frame that a server takes, and few enough not to hold up others. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_ZNODES = 500;
    private static final int PER_ZNODE = 100;

    private final Pando pando;
    private final String path;

    Generations(Pando pando, String configuration) {
        this.pando = pando;
        this.path = ZnodePath.childOf(configuration, "generations");
    }

    /** Writes a new one, and says its name. */
    CompletableFuture<String> write(Asker asker, Map<String, String> texts) {
        return asker.ask(pando.create(path + "/g-")
                        .mode(CreateMode.PERSISTENT_SEQUENTIAL)
                        .makeParents())
                .thenCompose(root -> write(
                                asker, transactions(root.path(), texts).iterator())
                        .thenApply(written -> ZnodePath.nameOf(root.path())));
    }

    private CompletableFuture<Boolean> write(Asker asker, Iterator<Transaction> transactions) {
        return transactions.hasNext()
                ? asker.ask(transactions.next()).thenCompose(done -> write(asker, transactions))
                : CompletableFuture.completedFuture(true);
    }

    private List<Transaction> transactions(String root, Map<String, String> texts) {
        Map<String, byte[]> znodes = new TreeMap<>();
        texts.forEach((name, text) -> {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                znodes.put(name.substring(0, slash), NO_DATA);
            }
            znodes.put(name, text.getBytes(StandardCharsets.UTF_8));
        });
        List<Transaction> transactions = new ArrayList<>();
        int count = 0;
        int bytes = 0;
        for (Map.Entry<String, byte[]> each : znodes.entrySet()) {
            if (count == 0 || count == MOST_ZNODES || bytes > MOST_BYTES) {
                transactions.add(pando.transaction());
                count = 0;
                bytes = 0;
            }
            count++;
            bytes += PER_ZNODE + each.getKey().length() + each.getValue().length;
            transactions.get(transactions.size() - 1).create(root + "/" + each.getKey(), each.getValue());
        }
        return transactions;
    }

    /**
     * Reads one; empty if it is being removed. Whoever removes it writes to its topmost znode first. So if that was not written to when
     * all else had been read, nothing was missing.
     */
    CompletableFuture<Optional<Map<String, String>>> read(Asker asker, String generation) {
        String root = ZnodePath.childOf(path, generation);
        Map<String, String> texts = new TreeMap<>();
        CompletableFuture<Optional<Map<String, String>>> read = collect(asker, root, "", texts)
                .thenCompose(all -> asker.ask(pando.exists(root)))
                .thenApply(
                        stat -> stat.isPresent() && stat.get().version() == 0 ? Optional.of(texts) : Optional.empty());
        return Steps.orIf(NoNodeException.class, read, gone -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Boolean> collect(Asker asker, String znode, String name, Map<String, String> texts) {
        return asker.ask(pando.getChildren(znode)).thenCompose(children -> {
            if (children.names().isEmpty() && !name.isEmpty()) {
                return asker.ask(pando.getData(znode)).thenApply(leaf -> {
                    texts.put(name, leaf.text());
                    return true;
                });
            }
            return collect(asker, znode, name, children.names().iterator(), texts);
        });
    }

    private CompletableFuture<Boolean> collect(
            Asker asker, String znode, String name, Iterator<String> children, Map<String, String> texts) {
        if (!children.hasNext()) {
            return CompletableFuture.completedFuture(true);
        }
        String child = children.next();
        return collect(asker, ZnodePath.childOf(znode, child), name.isEmpty() ? child : name + "/" + child, texts)
                .thenCompose(done -> collect(asker, znode, name, children, texts));
    }

    /** Removes all that are older than this one, but for the newest of those. */
    CompletableFuture<Boolean> removeOld(Asker asker, String current, int keep) {
        return asker.ask(pando.getChildren(path)).thenCompose(children -> {
            List<String> older = children.names().stream()
                    .filter(name -> name.compareTo(current) < 0)
                    .sorted()
                    .toList();
            return remove(
                    asker, older.subList(0, Math.max(0, older.size() - keep)).iterator());
        });
    }

    private CompletableFuture<Boolean> remove(Asker asker, Iterator<String> generations) {
        if (!generations.hasNext()) {
            return CompletableFuture.completedFuture(true);
        }
        String root = ZnodePath.childOf(path, generations.next());
        CompletableFuture<Boolean> removed =
                asker.ask(pando.setData(root, "being removed")).thenCompose(marked -> remove(asker, root));
        return Steps.orIf(NoNodeException.class, removed, gone -> CompletableFuture.completedFuture(true))
                .thenCompose(done -> remove(asker, generations));
    }

    private CompletableFuture<Boolean> remove(Asker asker, String znode) {
        return asker.ask(pando.getChildren(znode))
                .thenCompose(children ->
                        removeChildren(asker, znode, children.names().iterator()))
                .thenCompose(done -> asker.ask(pando.delete(znode).quietly()));
    }

    private CompletableFuture<Boolean> removeChildren(Asker asker, String znode, Iterator<String> children) {
        return children.hasNext()
                ? remove(asker, ZnodePath.childOf(znode, children.next()))
                        .thenCompose(done -> removeChildren(asker, znode, children))
                : CompletableFuture.completedFuture(true);
    }
}
