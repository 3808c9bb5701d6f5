package io.pando.datatree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The znodes from the root down to one of them: those that have to be copied when the last one changes. Depth is chosen by
 * clients and can be very great, so the way down and up is a loop.
 */
final class Spine {
    private Znode[] nodes = new Znode[8];
    private int[] hashes = new int[8]; // of their names: what was reckoned on the way down is needed on the way up
    private int depth;

    private Spine(Znode root) {
        nodes[0] = root;
    }

    /** Down to the znode that all these names lead to; null when there is none. */
    static @Nullable Spine to(Znode root, PathNames names) {
        Spine spine = new Spine(root);
        while (names.next()) {
            if (!spine.goDown(names)) {
                return null;
            }
        }
        return spine;
    }

    /** Down to the parent of that, whose name is where {@code names} then is; null when there is no such parent. */
    static @Nullable Spine toParent(Znode root, PathNames names) {
        Spine spine = new Spine(root);
        while (names.next() && !names.isLast()) {
            if (!spine.goDown(names)) {
                return null;
            }
        }
        return spine;
    }

    Znode last() {
        return nodes[depth];
    }

    /** The root of a tree in which {@code after} is in the place of {@link #last}. */
    Znode rootWith(Znode after) {
        Znode changed = after;
        for (int i = depth - 1; i >= 0; i--) {
            changed = nodes[i].replacing(hashes[i + 1], nodes[i + 1], changed);
        }
        return changed;
    }

    private boolean goDown(PathNames names) {
        Znode child = names.childOf(last());
        if (child == null) {
            return false;
        }
        depth++;
        if (depth == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * depth);
            hashes = Arrays.copyOf(hashes, 2 * depth);
        }
        nodes[depth] = child;
        hashes[depth] = names.hash();
        return true;
    }
}
