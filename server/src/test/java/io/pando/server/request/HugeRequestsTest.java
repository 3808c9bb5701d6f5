package io.pando.server.request;

import static io.pando.server.request.Deciding.preparation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that are short and ask for much: what is made of them is bounded. */
class HugeRequestsTest {
    private static final int PART_BYTES = 1_000_000;

    @Test
    void a_multi_read_is_answered_up_to_a_bound_and_the_rest_of_it_is_not_tried() {
        Tree tree = new ATree()
                .znode("/a")
                .after(new Txn.SetData("/a", new byte[PART_BYTES], 1))
                .build();
        var request = new ReadRequest.MultiRead(Collections.nCopies(1_000, new ReadRequest.GetData("/a", false)));

        List<MultiResult> results = multiRead(tree, request);

        int answered =
                (int) results.stream().filter(result -> result.err() == 0).count();
        assertEquals(Reads.MOST_BYTES_READ_AT_ONCE / PART_BYTES + 1, answered);
        assertEquals(1_000, results.size());
        assertEquals(
                ErrorCode.RUNTIME_INCONSISTENCY.code(), results.get(answered).err());
    }

    @Test
    void names_of_children_count_like_data() {
        ATree tree = new ATree().znode("/a");
        for (int i = 0; i < 20; i++) {
            tree.znode("/a/" + i + "x".repeat(PART_BYTES / 20));
        }
        var request = new ReadRequest.MultiRead(Collections.nCopies(100, new ReadRequest.GetChildren("/a", false)));

        List<MultiResult> results = multiRead(tree.build(), request);

        assertEquals(
                Reads.MOST_BYTES_READ_AT_ONCE / PART_BYTES + 1,
                results.stream().filter(result -> result.err() == 0).count());
    }

    @Test
    void an_acl_that_stands_for_more_than_a_request_may_name_is_invalid() {
        List<@Nullable Acl> acl = new ArrayList<>();
        for (int perms = 1; perms <= 20_000; perms++) {
            acl.add(new Acl(perms, new Id("auth", "")));
        }

        Txn txn = decided(WriteRequest.Create.of(OpCode.CREATE, "/b", null, acl, 0));

        assertEquals(new Txn.Failed(ErrorCode.INVALID_ACL), txn);
    }

    @Test
    void a_multi_whose_acls_together_stand_for_more_than_a_request_may_name_fails_as_a_whole() {
        List<WriteRequest.Part> parts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            parts.add(
                    WriteRequest.Create.of(OpCode.CREATE, "/b" + i, null, List.of(new Acl(31, new Id("auth", ""))), 0));
        }

        Txn.MultiFailed failed = assertInstanceOf(Txn.MultiFailed.class, decided(new WriteRequest.Multi(parts)));

        assertEquals(ErrorCode.INVALID_ACL, failed.code());
    }

    @Test
    void what_a_request_says_itself_is_not_counted() {
        List<@Nullable Acl> acl = List.of(new Acl(
                31, new Id("digest", "someone:" + "x".repeat(2 * AccessControl.MOST_CHARACTERS_STOOD_FOR))));

        assertInstanceOf(Txn.Create.class, decided(WriteRequest.Create.of(OpCode.CREATE, "/b", null, acl, 0)));
    }

    private static List<MultiResult> multiRead(Tree tree, ReadRequest.MultiRead request) {
        try {
            Reply reply = new Reads(new AccessControl("SHA1", null, true)).answer(tree, Deciding.CLIENT, request);
            return ((Reply.Results) reply).results();
        } catch (Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }

    /** By a client with a hundred identities. */
    private static Txn decided(WriteRequest request) {
        List<Id> identities = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            identities.add(new Id("digest", "user-" + i + ":" + "h".repeat(28)));
        }
        Requester requester = new Requester(Deciding.SESSION, identities);
        return preparation(true, true)
                .prepare(Tree.empty(), 1, 0, requester, request)
                .txn();
    }
}
