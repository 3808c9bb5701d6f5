package io.pando.datatree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Looks for containers and znodes with a time to live whose end has come. Goes only where the counters say that there are
 * any, so it costs nothing in a tree without them. One use each.
 */
final class ReapableScan {
    private final long nowMs;
    private final long neverUsedContainerAfterMs;
    private final int limit;
    private final List<String> found = new ArrayList<>();
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private final StringBuilder path = new StringBuilder();

    ReapableScan(long nowMs, long neverUsedContainerAfterMs, int limit) {
        this.nowMs = nowMs;
        this.neverUsedContainerAfterMs = neverUsedContainerAfterMs;
        this.limit = limit;
    }

    List<String> in(Znode root) {
        enterIfAnyBelow(root, 0);
        Level level = levels.peek();
        while (level != null && found.size() < limit) {
            if (level.children.hasNext()) {
                visit(level.children.next());
            } else {
                levels.pop();
                path.setLength(level.parentPathLength);
            }
            level = levels.peek();
        }
        return found;
    }

    private void visit(Znode node) {
        int parentPathLength = path.length();
        path.append('/').append(node.name());
        if (isDue(node)) {
            found.add(path.toString());
        } else if (enterIfAnyBelow(node, parentPathLength)) {
            return;
        }
        path.setLength(parentPathLength);
    }

    private boolean enterIfAnyBelow(Znode node, int parentPathLength) {
        if (node.reapableBelow() == 0) {
            return false;
        }
        levels.push(new Level(node.children(), parentPathLength));
        return true;
    }

    private boolean isDue(Znode node) {
        if (!node.isReapable() || node.childCount() > 0) {
            return false;
        }
        long unchangedMs = nowMs - node.mtime();
        if (Owner.isTtl(node.owner())) {
            return unchangedMs > Owner.ttlMs(node.owner());
        }
        return node.creations() > 0 || (neverUsedContainerAfterMs > 0 && unchangedMs > neverUsedContainerAfterMs);
    }

    private record Level(Iterator<Znode> children, int parentPathLength) {}
}
