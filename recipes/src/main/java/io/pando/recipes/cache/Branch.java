package io.pando.recipes.cache;

import io.pando.client.watch.NodeEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A znode that a cache looks at, with the watches it has there. Touched in the turns of its cache. */
final class Branch {
    final String path;
    final int depth;
    final @Nullable Branch parent;
    final Map<String, Branch> children = new HashMap<>();
    boolean gone;

    private @Nullable CompletableFuture<NodeEvent> dataWatch;
    private @Nullable CompletableFuture<NodeEvent> childrenWatch;

    Branch(String path, @Nullable Branch parent) {
        this.path = path;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    void watchesData(CompletableFuture<NodeEvent> event) {
        end(dataWatch);
        dataWatch = event;
    }

    void watchesChildren(CompletableFuture<NodeEvent> event) {
        end(childrenWatch);
        childrenWatch = event;
    }

    void endWatches() {
        end(dataWatch);
        end(childrenWatch);
        children.values().forEach(Branch::endWatches);
    }

    private static void end(@Nullable CompletableFuture<NodeEvent> watch) {
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
