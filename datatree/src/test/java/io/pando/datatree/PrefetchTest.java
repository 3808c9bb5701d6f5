package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches go side by side to where they lead, and only when that is worth it. */
class PrefetchTest {
    private static final int FOLDERS = 50;
    private static final int IN_EACH = 60;

    private final Prefetch prefetch = new Prefetch();
    private Tree tree = Tree.empty();

    @BeforeEach
    void growFolders() {
        for (int folder = 0; folder < FOLDERS; folder++) {
            create("/folder-" + folder, new byte[0]);
            for (int i = 0; i < IN_EACH; i++) {
                create(path(folder, i), i % 3 == 0 ? null : new byte[i]);
            }
        }
    }

    private void create(String path, byte @Nullable [] data) {
        Txn txn = new Txn.Create(path, data, Acl.OPEN, Owner.PERSISTENT);
        tree = tree.apply(tree.zxid() + 1, 0, txn).tree();
    }

    private static String path(int folder, int i) {
        return "/folder-" + folder + "/znode-" + i;
    }

    @Test
    void every_znode_is_reached_wherever_it_is() {
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (int i = 0; i < IN_EACH; i += 20) {
                int first = i;
                int number = folder;
                IntStream.range(first, first + 20).forEach(each -> prefetch.add(path(number, each)));
                prefetch.add("/folder-" + folder);

                assertEquals(21, prefetch.run(tree), "from " + path(folder, first) + " on");
            }
        }
    }

    @Test
    void what_leads_nowhere_is_no_hindrance() {
        prefetch.add("/folder-1/znode-1");
        prefetch.add("/nowhere/at/all");
        prefetch.add("/folder-1/znode-1/below");
        prefetch.add("/");
        prefetch.add("");
        prefetch.add("no path");
        prefetch.add("/folder-2");
        prefetch.add("/folder-3//");

        assertEquals(3, prefetch.run(tree), "the two znodes and the root");
    }

    @Test
    void of_too_many_the_last_are_not_heeded() {
        for (int i = 0; i < Prefetch.MOST_PATHS; i++) {
            assertFalse(prefetch.isFull());
            assertEquals(i >= Prefetch.ENOUGH_PATHS, prefetch.hasEnough());
            prefetch.add(path(i % 2, i / 2));
        }
        assertTrue(prefetch.isFull());
        prefetch.add(path(1, 1));

        assertEquals(Prefetch.MOST_PATHS, prefetch.run(tree));
        assertFalse(prefetch.isFull());
    }

    @Test
    void searches_are_forgotten_afterwards() {
        IntStream.range(0, 10).forEach(i -> prefetch.add(path(0, i)));
        prefetch.run(tree);

        assertEquals(0, prefetch.run(tree));
    }

    @Test
    void a_few_searches_are_not_worth_it() {
        IntStream.range(0, 3).forEach(i -> prefetch.add(path(0, i)));

        assertEquals(0, prefetch.run(tree));
    }

    @Test
    void nor_is_a_small_tree() {
        IntStream.range(0, 10).forEach(i -> prefetch.add("/zookeeper"));

        assertEquals(0, prefetch.run(Tree.empty()));
    }
}
