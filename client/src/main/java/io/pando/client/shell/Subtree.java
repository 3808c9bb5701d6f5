package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A znode and all below it, read with many requests at a time. What comes or goes meanwhile may be seen or not: this is no snapshot.
 */
final class Subtree {
    private static final int REQUESTS_AT_A_TIME = 256;

    /** Parents right before their children, children by name. */
    private static final Comparator<String> OUTLINE = Comparator.comparing(path -> path.replace('/', '\0'));

    private Subtree() {}

    /** What to do with the answer about a znode. */
    interface Visitor<T> {
        void visit(String path, T answer) throws InterruptedException;
    }

    /**
     * The paths of the subtree, as an outline.
     *
     * @param depth how many levels below {@code top}
     * @throws NoNodeException if {@code top} does not exist
     */
    static List<String> paths(Pando pando, String top, int depth) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(top));
        List<String> level = List.of(top);
        List<String> names = pando.getChildren(top).now().names();
        for (int below = 0; below < depth && !level.isEmpty(); below++) {
            List<String> next = new ArrayList<>();
            if (below == 0) {
                names.forEach(name -> next.add(ZnodePath.childOf(top, name)));
            } else {
                each(
                        level,
                        path -> pando.getChildren(path).async(),
                        (path, children) -> children.names().forEach(name -> next.add(ZnodePath.childOf(path, name))));
            }
            all.addAll(next);
            level = next;
        }
        all.sort(OUTLINE);
        return all;
    }

    static List<String> paths(Pando pando, String top) throws InterruptedException {
        return paths(pando, top, Integer.MAX_VALUE);
    }

    /** Asks about each of the paths, and visits the answers in their order; znodes that are gone are passed over. */
    static <T> void each(List<String> paths, Function<String, CompletableFuture<T>> ask, Visitor<T> visitor)
            throws InterruptedException {
        Deque<CompletableFuture<T>> asked = new ArrayDeque<>();
        int answered = 0;
        for (String path : paths) {
            asked.add(ask.apply(path));
            if (asked.size() == REQUESTS_AT_A_TIME) {
                visit(paths.get(answered++), asked.remove(), visitor);
            }
        }
        while (!asked.isEmpty()) {
            visit(paths.get(answered++), asked.remove(), visitor);
        }
    }

    private static <T> void visit(String path, CompletableFuture<T> asked, Visitor<T> visitor)
            throws InterruptedException {
        T answer;
        try {
            answer = Answer.of(asked);
        } catch (NoNodeException gone) {
            return;
        }
        visitor.visit(path, answer);
    }
}
