package io.pando.server.request;

import static io.pando.server.request.Deciding.codeOf;
import static io.pando.server.request.Deciding.newZnode;
import static io.pando.server.request.Deciding.prepare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.OpCode;
import io.pando.session.WriteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of sequential znodes: {@code wire-protocol.md} section 13.2. */
class SequenceTest {
    private static final int SEQUENTIAL = 2;

    @Test
    void every_creation_under_the_parent_counts() {
        Tree tree = new ATree().znode("/q").build();

        tree = made(tree, sequential("/q/n-"), "/q/n-0000000000");
        tree = made(tree, newZnode("/q/plain"), "/q/plain");
        tree = made(tree, sequential("/q/"), "/q/0000000002");
        tree = deleted(tree, "/q/n-0000000000");
        made(tree, sequential("/q/m"), "/q/m0000000003");
    }

    @Test
    void a_parent_that_was_made_anew_counts_anew() {
        Tree tree = new ATree().znode("/q").build();
        tree = made(tree, sequential("/q/n"), "/q/n0000000000");
        tree = deleted(tree, "/q/n0000000000");
        tree = deleted(tree, "/q");
        tree = made(tree, newZnode("/q"), "/q");

        made(tree, sequential("/q/n"), "/q/n0000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 2147483647",
        "-2147483648, 2147483648",
        "-1, 4294967295",
    })
    void the_count_goes_on_in_ten_digits_up_to_two_to_the_thirty_second(int creations, String suffix) {
        made(ATree.withZnode(0, 0, creations), sequential("/z/n"), "/z/n" + suffix);
    }

    @Test
    void order_holds_across_two_to_the_thirty_first() {
        Tree tree = ATree.withZnode(0, 0, Integer.MAX_VALUE);

        tree = made(tree, sequential("/z/n"), "/z/n2147483647");
        made(tree, sequential("/z/n"), "/z/n2147483648");
    }

    @Test
    void a_multi_sees_its_own_creations() {
        Tree tree = new ATree().znode("/q").build();
        var multi = new WriteRequest.Multi(List.of(sequential("/q/n"), sequential("/q/n")));

        var txn = assertInstanceOf(Txn.Multi.class, prepare(tree, multi).txn());

        assertEquals(
                List.of("/q/n0000000000", "/q/n0000000001"),
                txn.parts().stream().map(part -> ((Txn.Create) part).path()).toList());
    }

    @Test
    void a_multi_that_fails_uses_up_no_numbers() {
        Tree tree = new ATree().znode("/q").build();
        var multi = new WriteRequest.Multi(List.of(sequential("/q/n"), new WriteRequest.Check("/missing", -1)));

        Tree after = prepare(tree, multi).applied().tree();

        made(after, sequential("/q/n"), "/q/n0000000000");
    }

    @Test
    void the_name_that_is_judged_is_the_one_with_its_number() {
        Tree tree = new ATree().znode("/q").znode("/q/n0000000001").build();

        assertEquals(ErrorCode.NODE_EXISTS, codeOf(tree, sequential("/q/n")));
        made(tree, sequential("/q/."), "/q/.0000000001");
    }

    private static WriteRequest.Create sequential(String path) {
        return newZnode(OpCode.CREATE, path, SEQUENTIAL);
    }

    private static Tree made(Tree tree, WriteRequest request, String path) {
        var prepared = prepare(tree, request);
        assertEquals(path, prepared.applied().changes().get(0).path());
        return prepared.applied().tree();
    }

    private static Tree deleted(Tree tree, String path) {
        return made(tree, new WriteRequest.Delete(path, -1), path);
    }
}
