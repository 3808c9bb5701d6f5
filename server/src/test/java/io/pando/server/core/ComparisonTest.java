package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Acl;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which of several trees is right, and what a server says of its own. */
class ComparisonTest {
    private static final long ZXID = 0x5_0000_0007L;
    private static final long ONE = 0x1111;
    private static final long ANOTHER = 0x2222;
    private static final long A_THIRD = 0x3333;

    private final Comparison comparison = new Comparison(ZXID);
    private final Fingerprints own = new Fingerprints();

    @Test
    void what_a_quorum_has_is_right_whoever_leads() {
        comparison.has(1, ANOTHER);
        comparison.has(2, ONE);
        comparison.has(3, ONE);

        assertEquals(OptionalLong.of(ONE), comparison.right(quorumOf(1, 2, 3)));
        assertEquals(List.of(1L), comparison.othersThan(ONE));
    }

    @Test
    void of_two_that_differ_neither_is_right() {
        comparison.has(1, ONE);
        comparison.has(2, ANOTHER);

        assertEquals(OptionalLong.empty(), comparison.right(quorumOf(1, 2)));
    }

    @Test
    void two_of_five_that_agree_outvote_nobody_while_the_others_are_silent() {
        comparison.has(1, ONE);
        comparison.has(2, ONE);
        comparison.has(3, ANOTHER);

        assertEquals(OptionalLong.empty(), comparison.right(quorumOf(1, 2, 3, 4, 5)));

        comparison.has(5, ONE);

        assertEquals(OptionalLong.of(ONE), comparison.right(quorumOf(1, 2, 3, 4, 5)));
    }

    @Test
    void where_everybody_has_another_tree_nobody_is_right() {
        comparison.has(1, ONE);
        comparison.has(2, ANOTHER);
        comparison.has(3, A_THIRD);

        assertEquals(OptionalLong.empty(), comparison.right(quorumOf(1, 2, 3)));
    }

    /** An observer, or a server that has lost its data and gets it from whoever leads. */
    @Test
    void who_has_no_voice_makes_nothing_right_and_may_be_wrong() {
        comparison.has(1, ONE);
        comparison.has(2, ANOTHER);
        comparison.has(4, ANOTHER);
        assertEquals(OptionalLong.empty(), comparison.right(quorumOf(1, 2, 3)));

        comparison.has(3, ONE);

        assertEquals(OptionalLong.of(ONE), comparison.right(quorumOf(1, 2, 3)));
        assertEquals(List.of(2L, 4L), comparison.othersThan(ONE));
    }

    @Test
    void a_server_answers_with_the_tree_of_the_very_zxid_it_was_asked_about() {
        Tree before = Tree.empty().advancedTo(ZXID - 1);
        own.ask(ZXID, before);
        assertEquals(List.of(), own.passing(ZXID, before), "nothing is reached yet");

        Tree at = with(before, ZXID, "/a");
        assertEquals(
                List.of(new Fingerprints.Fingerprint(ZXID, at.digest())),
                own.passing(ZXID + 1, at),
                "before the next one");

        Tree behind = with(at, ZXID + 1, "/b");
        assertEquals(List.of(), own.passing(ZXID + 2, behind), "once");
        assertEquals(OptionalLong.of(at.digest()), own.at(ZXID));
    }

    @Test
    void a_zxid_that_is_no_transaction_is_reached_as_well() {
        Tree tree = with(Tree.empty(), ZXID - 3, "/a");
        own.ask(ZXID, tree);

        assertEquals(List.of(new Fingerprints.Fingerprint(ZXID, tree.digest())), own.passing(ZXID + 5, tree));
    }

    @Test
    void nothing_is_said_about_a_tree_that_is_gone() {
        Tree tree = Tree.empty().advancedTo(ZXID + 1);
        own.ask(ZXID, tree);
        own.ask(ZXID + 1, tree);
        own.forget();

        assertEquals(List.of(), own.passing(ZXID + 9, tree));
        assertEquals(OptionalLong.empty(), own.at(ZXID));
    }

    private static Tree with(Tree tree, long zxid, String path) {
        return tree.apply(zxid, 0, new Txn.Create(path, new byte[0], Acl.OPEN, 0))
                .tree();
    }

    private static Predicate<LongPredicate> quorumOf(long... voters) {
        return among -> 2 * LongStream.of(voters).filter(among).count() > voters.length;
    }
}
