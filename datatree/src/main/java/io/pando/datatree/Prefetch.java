package io.pando.datatree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes to several znodes side by side, before they are looked for one by one. To find one among a million is to wait for
 * memory at every step, since each says where the next one is; but the steps of different searches don't depend on one
 * another, so the processor waits for those of all searches at once. What comes of it is only that the znodes, and what is
 * on the way to them, are in the processor's cache. Keeps nothing between two runs; for one thread.
 */
public final class Prefetch {
    /** More would keep the memory no busier, and push out of the cache what the first have brought. */
    public static final int ENOUGH_PATHS = 32;

    /** So that what asks for several paths together finds room for all of them, as long as there were not enough before. */
    public static final int MOST_PATHS = 64;

    /** For fewer it isn't worth its own time. */
    private static final int FEWEST_PATHS = 4;

    /** A tree of fewer znodes is in the cache anyway. */
    private static final int FEWEST_ZNODES = 2_048;

    /** Enough for eight names among millions; what is deeper is found in its own time. */
    private static final int MOST_STEPS = 64;

    private final List<String> paths = new ArrayList<>(MOST_PATHS);

    @SuppressWarnings("UnusedVariable") // A sum that means nothing: as it is kept, no compiler leaves out the reading.
    private int read;

    /** One more search, for whatever is or isn't at {@code path}. Not heeded when there are {@link #MOST_PATHS}. */
    public void add(String path) {
        if (!isFull() && path.startsWith("/")) {
            paths.add(path);
        }
    }

    public boolean hasEnough() {
        return paths.size() >= ENOUGH_PATHS;
    }

    public boolean isFull() {
        return paths.size() == MOST_PATHS;
    }

    /**
     * Goes where all searches lead in {@code tree}, a step of each at a time, and forgets them.
     *
     * @return how many of them have led to a znode; none, if it wasn't worth going
     */
    public int run(Tree tree) {
        int arrived = isWorthIt(tree) ? go(tree.root()) : 0;
        paths.clear();
        return arrived;
    }

    private boolean isWorthIt(Tree tree) {
        return paths.size() >= FEWEST_PATHS && tree.nodeCount() >= FEWEST_ZNODES;
    }

    private int go(Znode root) {
        List<Search> searches = new ArrayList<>(MOST_PATHS);
        for (String path : paths) {
            searches.add(new Search(root, path));
        }
        for (int step = 0; step < MOST_STEPS && goOn(searches); step++) {
            // until all have arrived
        }
        int arrived = 0;
        for (Search search : searches) {
            Znode znode = search.found();
            if (znode != null) {
                read += touch(znode);
                arrived++;
            }
        }
        return arrived;
    }

    private static boolean goOn(List<Search> searches) {
        boolean going = false;
        for (Search search : searches) {
            going |= search.goOn();
        }
        return going;
    }

    /**
     * Reads what is apart from the znode itself, and will be wanted: its name, and its data. Returns a sum that means nothing;
     * whoever keeps it makes sure that no compiler leaves out the reading.
     */
    public static int touch(Znode znode) {
        byte[] data = znode.data();
        return znode.nameLengthBytes() + (data == null || data.length == 0 ? 0 : data[0] + data[data.length - 1]);
    }

    /** The way to one znode. */
    private static final class Search {
        private final PathNames names;
        private @Nullable Object place; // a znode, or something of the trie of its children
        private int shift;

        Search(Znode root, String path) {
            names = PathNames.of(path);
            place = root;
        }

        /** Takes a step. That a name is the right one is not looked at: at worst, another znode is brought for nothing. */
        boolean goOn() {
            if (place instanceof Branch branch) {
                place = branch.at(names.hash(), shift);
                shift += Branch.BITS;
                return place != null;
            }
            if (place instanceof Znode parent && names.next()) {
                place = parent.childBranch();
                shift = 0;
                return place != null;
            }
            return false;
        }

        /** The znode that this has led to, or null. */
        @Nullable
        Znode found() {
            return place instanceof Znode znode && names.isLast() ? znode : null;
        }
    }
}
