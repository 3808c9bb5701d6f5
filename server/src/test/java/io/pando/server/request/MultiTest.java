package io.pando.server.request;

import static io.pando.server.request.Deciding.newZnode;
import static io.pando.server.request.Deciding.prepare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions and replies of multi: {@code wire-protocol.md} section 11. */
class MultiTest {
    private final Tree tree = new ATree().znode("/a").build();

    @Test
    void each_part_sees_what_those_before_it_did() throws Refusal {
        var multi = multi(
                newZnode("/a/b"),
                newZnode(OpCode.CREATE2, "/a/b/c", 0),
                new WriteRequest.SetData("/a/b", new byte[2], 0),
                new WriteRequest.Check("/a/b", 1),
                new WriteRequest.Delete("/a/b/c", -1),
                new WriteRequest.Delete("/a/b", 1));

        var results = resultsOf(multi);

        assertEquals(
                List.of(OpCode.CREATE, OpCode.CREATE2, OpCode.SET_DATA, OpCode.CHECK, OpCode.DELETE, OpCode.DELETE),
                results.stream().map(MultiResult::op).toList());
        assertEquals(new Reply.Path("/a/b"), results.get(0).reply());
        assertEquals("/a/b/c", ((Reply.PathAndStat) results.get(1).reply()).path());
        var stat = ((Reply.OnlyStat) results.get(2).reply()).stat();
        assertEquals(1, stat.version());
        assertEquals(1, stat.numChildren());
        assertEquals(2, stat.dataLength());
    }

    @Test
    void all_ways_to_create_but_the_first_answer_as_create2() throws Refusal {
        var results =
                resultsOf(multi(newZnode(OpCode.CREATE_CONTAINER, "/a/c", 4), Deciding.createTtl("/a/t", 5, 1000)));

        assertEquals(
                List.of(OpCode.CREATE2, OpCode.CREATE2),
                results.stream().map(MultiResult::op).toList());
    }

    @Test
    void one_part_that_fails_undoes_all_and_shows_in_its_place() throws Refusal {
        var multi = multi(
                newZnode("/a/b"),
                new WriteRequest.SetData("/a", new byte[1], 0),
                new WriteRequest.Check("/a", 0),
                new WriteRequest.Delete("/missing", -1));

        assertEquals(List.of(0, 0, ErrorCode.BAD_VERSION.code(), -2), codesOf(multi));
        assertEquals(tree.digest(), prepare(tree, multi).applied().tree().digest());
    }

    @Test
    void the_first_and_the_last_part_may_be_the_one_that_fails() throws Refusal {
        var bad = new WriteRequest.Check("/missing", -1);

        assertEquals(List.of(ErrorCode.NO_NODE.code(), -2), codesOf(multi(bad, newZnode("/a/b"))));
        assertEquals(List.of(0, ErrorCode.NO_NODE.code()), codesOf(multi(newZnode("/a/b"), bad)));
    }

    @Test
    void every_result_of_a_failed_multi_says_error() throws Refusal {
        var results = resultsOf(multi(newZnode("/a/b"), new WriteRequest.Check("/missing", -1), newZnode("/a/c")));

        for (MultiResult result : results) {
            assertEquals(OpCode.ERROR, result.op());
            assertEquals(new Reply.Code(result.err()), result.reply());
        }
    }

    @Test
    void a_multi_of_nothing_does_nothing() throws Refusal {
        assertEquals(List.of(), resultsOf(multi()));
        assertEquals(tree.zxid() + 1, prepare(tree, multi()).applied().tree().zxid());
    }

    @Test
    void a_multi_of_checks_changes_nothing() throws Refusal {
        var checks = multi(new WriteRequest.Check("/a", 0), new WriteRequest.Check("/", -1));

        assertEquals(List.of(0, 0), codesOf(checks));
        assertEquals(tree.digest(), prepare(tree, checks).applied().tree().digest());
    }

    @Test
    void a_multi_can_delete_what_it_created_and_create_it_again() throws Refusal {
        var multi = multi(newZnode("/a/b"), new WriteRequest.Delete("/a/b", 0), newZnode("/a/b"));

        assertEquals(List.of(0, 0, 0), codesOf(multi));
    }

    private static WriteRequest.Multi multi(WriteRequest.Part... parts) {
        return new WriteRequest.Multi(List.of(parts));
    }

    private List<Integer> codesOf(WriteRequest.Multi multi) throws Refusal {
        return resultsOf(multi).stream().map(MultiResult::err).toList();
    }

    private List<MultiResult> resultsOf(WriteRequest.Multi multi) throws Refusal {
        Prepared prepared = prepare(tree, multi);
        Reply reply = WriteReplies.of(multi, prepared.txn(), prepared.applied());
        return assertInstanceOf(Reply.Results.class, reply).results();
    }
}
