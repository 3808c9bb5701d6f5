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

    /**
     * Who is in.
     *
     * @param names sorted
     * @param asOf no znode of these was created after this zxid
     */
    record Inside(List<String> names, long asOf) {}

    /** Who is in; nobody when there is no such znode. */
    CompletableFuture<Inside> inside() {
        return pando.getChildren(path).async().handle((children, failure) -> {
            if (failure == null) {
                List<String> names = children.names().stream()
                        .filter(name -> !name.equals(READY))
                        .sorted()
                        .toList();
                return new Inside(names, children.stat().pzxid());
            }
            if (failure instanceof NoNodeException) {
                return new Inside(List.of(), 0);
            }
            throw (RuntimeException) failure;
        });
    }
}
