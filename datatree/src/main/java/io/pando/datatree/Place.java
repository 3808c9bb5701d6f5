package io.pando.datatree;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads in one tree: past the znodes above, which have to be copied when something changes there, to a znode or
 * to none. It is looked for once, by whoever decides about a write, and serves whoever carries the write out as well. Depth
 * is chosen by clients and can be very great, so the way down and up is a loop.
 */
public final class Place {
    private final Znode root;
    private final String path;
    private final PathNames names; // at the last one; or at the first whose znode does not exist
    private Znode[] above = new Znode[8]; // from the root down to the parent
    private int[] hashes = new int[8]; // of the names below each of them
    private int depth;
    private @Nullable Znode znode;

    private Place(Znode root, String path, PathNames names) {
        this.root = root;
        this.path = path;
        this.names = names;
    }

    static Place in(Znode root, String path) {
        if (!path.startsWith("/")) {
            return new Place(root, path, PathNames.of("")); // text that is no path leads nowhere
        }
        Place place = new Place(root, path, PathNames.of(path));
        place.goDown();
        return place;
    }

    private void goDown() {
        Znode at = root;
        while (at != null && names.next()) {
            if (depth == above.length) {
                above = Arrays.copyOf(above, 2 * depth);
                hashes = Arrays.copyOf(hashes, 2 * depth);
            }
            above[depth] = at;
            hashes[depth] = names.hash();
            depth++;
            at = names.childOf(at);
        }
        znode = at;
    }

    /** The znode here, as it is stored: a quota's stats znode does not say what is used. Null where there is none. */
    public @Nullable Znode znode() {
        return znode;
    }

    /** The znode above; the root for the root itself. Null where there is none. */
    public @Nullable Znode parent() {
        if (depth == 0) {
            return znode;
        }
        return names.isLast() ? above[depth - 1] : null;
    }

    /** Whether {@code other} leads here in a tree with this very root: an equal one has others above, which are to be copied. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Znode otherRoot, String other) {
        return root == otherRoot && path.equals(other);
    }

    /** The last name, of a path without surrogates that has a parent. */
    byte[] name() {
        return names.name();
    }

    /** The {@link Keyed#keyHash} of what has that name. */
    int hash() {
        return names.hash();
    }

    /** The root of a tree in which {@code after} is in the place of {@link #znode}. */
    Znode rootWith(Znode after) {
        return rootWith(depth, requireNonNull(znode), after);
    }

    /** The root of a tree in which {@code after} is in the place of {@link #parent}. Not for the root itself. */
    Znode rootWithParent(Znode after) {
        return rootWith(depth - 1, above[depth - 1], after);
    }

    private Znode rootWith(int level, Znode before, Znode after) {
        Znode replaced = before;
        Znode changed = after;
        for (int i = level - 1; i >= 0; i--) {
            changed = above[i].replacing(hashes[i], replaced, changed);
            replaced = above[i];
        }
        return changed;
    }
}
