package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Prefetch;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All znodes of a multi are fetched with it, however many were foreseen before it. */
class ForesightTest {
    private static Tree tree = Tree.empty();

    private final Foresight foresight = new Foresight();

    @BeforeAll
    static void growTree() {
        for (int i = 0; i < 5_000; i++) {
            Txn txn = new Txn.Create("/znode-" + i, null, Acl.OPEN, Owner.PERSISTENT);
            tree = tree.apply(tree.zxid() + 1, 0, txn).tree();
        }
    }

    @Test
    void requests_of_ten_parts_are_foreseen_whole() {
        for (int at = 0; !foresight.isFarEnough(); at += 10) {
            foresight.of(new WriteRequest.Multi(IntStream.range(at, at + 10)
                    .<WriteRequest.Part>mapToObj(i -> new WriteRequest.SetData("/znode-" + i, null, -1))
                    .toList()));
        }

        assertEquals(40, foresight.comesTrue(tree));
    }

    @Test
    void txns_of_ten_parts_are_foreseen_whole() {
        for (int at = 0; !foresight.isFarEnough(); at += 10) {
            foresight.of(txn(at, at + 10));
        }

        assertEquals(40, foresight.comesTrue(tree));
        assertFalse(foresight.isFarEnough());
    }

    @Test
    void of_a_multi_that_is_larger_than_most_the_first_parts_are_foreseen() {
        foresight.of(txn(0, 1_000));

        assertTrue(foresight.isFarEnough());
        assertEquals(Prefetch.MOST_PATHS, foresight.comesTrue(tree));
    }

    private static Txn txn(int from, int to) {
        List<Txn> parts = IntStream.range(from, to)
                .<Txn>mapToObj(i -> new Txn.SetData("/znode-" + i, null, 1))
                .toList();
        return new Txn.Multi(parts);
    }
}
