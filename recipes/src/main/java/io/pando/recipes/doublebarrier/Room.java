package io.pando.recipes.doublebarrier;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.ZnodePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The znode below which members are ephemerals and a further znode says that all have come. Immutable.
 *
 * @param members how many there are in all
 */
record Room(Pando pando, String path, int members) {
    private static final String READY = "ready";

    Room {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + path + "\": " + problem);
        }
        if (members < 1) {
            throw new IllegalArgumentException("A double barrier has 1 member at least, not " + members);
        }
    }

    String readyPath() {
        return ZnodePath.childOf(path, READY);
    }

    String pathOf(String member) {
        return ZnodePath.childOf(path, member);
    }

    /** The names of those who are in, sorted; none when there is no such znode. */
    CompletableFuture<List<String>> inside() {
        return pando.getChildren(path).async().handle((children, failure) -> {
            if (failure == null) {
                return children.names().stream()
                        .filter(name -> !name.equals(READY))
                        .sorted()
                        .toList();
            }
            if (failure instanceof NoNodeException) {
                return List.of();
            }
            throw (RuntimeException) failure;
        });
    }
}
