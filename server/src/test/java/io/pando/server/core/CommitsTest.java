package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.TxnDoesNotApplyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks what has committed gets all of it, although it is carried out as late as possible. */
class CommitsTest {
    private static final int MORE_THAN_TOGETHER = 100;

    private final Commits commits = new Commits();
    private Tree expected = Tree.empty();
    private long zxid;

    @BeforeEach
    void endRecovery() {
        commits.endRecovery(0);
    }

    private Txn create() {
        return new Txn.Create("/znode-" + zxid, new byte[3], Acl.OPEN, Owner.PERSISTENT);
    }

    private void commitElsewhere() {
        Txn txn = create();
        expected = expected.apply(++zxid, 7, txn).tree();
        commits.add(zxid, new Envelope(1, zxid, 0, 0, 7, txn), null);
    }

    @Test
    void the_tree_has_everything_that_has_committed() {
        for (int i = 0; i < MORE_THAN_TOGETHER; i++) {
            commitElsewhere();
            if (i % 3 == 0) {
                assertSame(expected, commits.tree());
            }
        }
        assertSame(expected, commits.tree());
    }

    @Test
    void what_is_not_shown_yet_comes_in_order_and_with_its_tree() {
        List<Long> zxids = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_TOGETHER; i++) {
            commitElsewhere();
            zxids.add(zxid);
        }

        List<Commits.Commit> all = commits.unpublished();

        assertEquals(zxids, all.stream().map(Commits.Commit::zxid).toList());
        assertEquals(
                zxids,
                all.stream().map(commit -> commit.applied().tree().zxid()).toList());
    }

    @Test
    void one_that_was_decided_here_comes_behind_those_before_it() {
        commitElsewhere();
        Txn txn = create();
        var applied = expected.apply(++zxid, 7, txn);

        commits.add(new Leadership.Proposal(zxid, txn, applied, null));

        assertSame(applied.tree(), commits.tree());
        assertEquals(
                List.of(1L, 2L),
                commits.unpublished().stream().map(Commits.Commit::zxid).toList());
    }

    @Test
    void a_snapshot_holds_what_has_just_committed() throws IOException {
        commitElsewhere();
        var out = new ByteArrayOutputStream();

        commits.capture().writeTo(out);

        var other = new Commits();
        other.read(new ByteArrayInputStream(out.toByteArray()), zxid).install();
        assertSame(expected, other.tree());
    }

    @Test
    void a_snapshot_that_is_installed_replaces_what_has_just_committed() throws IOException {
        var newer = new Commits();
        newer.endRecovery(0);
        var out = new ByteArrayOutputStream();
        Tree tree = expected.apply(5, 7, new Txn.Create("/newer", null, Acl.OPEN, Owner.PERSISTENT))
                .tree();
        newer.add(5, new Envelope(1, 1, 0, 0, 7, new Txn.Create("/newer", null, Acl.OPEN, Owner.PERSISTENT)), null);
        newer.capture().writeTo(out);
        commitElsewhere();

        commits.read(new ByteArrayInputStream(out.toByteArray()), 5).install();

        assertSame(tree, commits.tree());
    }

    @Test
    void the_tree_goes_on_to_a_later_zxid_with_what_has_just_committed() {
        commitElsewhere();

        commits.advanceTo(zxid + 10);

        assertSame(expected.advancedTo(zxid + 10), commits.tree());
    }

    @Test
    void what_does_not_apply_is_noticed_before_anybody_sees_the_tree() {
        commitElsewhere();
        Txn again = new Txn.Create("/znode-0", null, Acl.OPEN, Owner.PERSISTENT);
        commits.add(++zxid, new Envelope(1, zxid, 0, 0, 7, again), null);

        assertThrows(TxnDoesNotApplyException.class, commits::tree);
    }

    private static void assertSame(Tree expected, Tree tree) {
        assertEquals(expected.zxid(), tree.zxid());
        assertEquals(expected.digest(), tree.digest());
        assertEquals(expected.nodeCount(), tree.nodeCount());
    }
}
