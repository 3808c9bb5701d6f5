package io.pando.datatree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The znodes from the root down to one of them: those that have to be copied when the last one changes. Depth is chosen by
 * clients and can be very great, so the way down and up is a loop.
 */
final class Spine {
    private final Znode[] nodes;
    private final int[] hashes; // of their names: what was reckoned on the way down is needed on the way up
    private final int depth;

    private Spine(Znode[] nodes, int[] hashes, int depth) {
        this.nodes = nodes;
        this.hashes = hashes;
        this.depth = depth;
    }

    /**
     * Down to the znode that the first {@code end} characters of {@code path} name, which either are none (the root) or
     * start with a '/'; null when there is none.
     */
    static @Nullable Spine to(Znode root, String path, int end) {
        Znode[] nodes = new Znode[8];
        int[] hashes = new int[8];
        nodes[0] = root;
        int depth = 0;
        int slash = 0;
        while (slash < end) {
            int next = path.indexOf('/', slash + 1);
            int to = next < 0 || next > end ? end : next;
            int hash = Keyed.hashOf(path, slash + 1, to);
            Znode child = nodes[depth].child(hash, path, slash + 1, to);
            if (child == null) {
                return null;
            }
            depth++;
            if (depth == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * depth);
                hashes = Arrays.copyOf(hashes, 2 * depth);
            }
            nodes[depth] = child;
            hashes[depth] = hash;
            slash = to;
        }
        return new Spine(nodes, hashes, depth);
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
}
