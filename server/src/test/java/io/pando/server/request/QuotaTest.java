package io.pando.server.request;

import static io.pando.server.request.Deciding.CLIENT;
import static io.pando.server.request.Deciding.codeOf;
import static io.pando.server.request.Deciding.newZnode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas: {@code wire-protocol.md} section 19.2. {@code /q} holds itself, one child, and three bytes. */
class QuotaTest {
    @ParameterizedTest
    @CsvSource({
        "count=2,                                    OK",
        "count=1,                                    OK",
        "bytes=1,                                    OK",
        "countHardLimit=3,                           OK",
        "countHardLimit=2,                           QUOTA_EXCEEDED",
        "countHardLimit=0,                           QUOTA_EXCEEDED",
        "byteHardLimit=4,                            OK",
        "byteHardLimit=3,                            QUOTA_EXCEEDED",
        "countHardLimit=3;byteHardLimit=3,           QUOTA_EXCEEDED",
        "count=9;bytes=9=;countHardLimit=2,          QUOTA_EXCEEDED",
        "countHardLimit=-1;byteHardLimit=-1,         OK",
        "nonsense,                                   OK",
    })
    void only_a_hard_limit_refuses_a_create_and_only_above_it(String limits, ErrorCode code) {
        assertEquals(code, codeOf(tree(limits), newZnode("/q/new")));
    }

    @ParameterizedTest
    @CsvSource({
        "byteHardLimit=5, 5, OK",
        "byteHardLimit=5, 6, QUOTA_EXCEEDED",
        "byteHardLimit=1, 3, OK",
        "byteHardLimit=1, 2, OK",
        "byteHardLimit=1, 4, QUOTA_EXCEEDED",
        "countHardLimit=1, 9, OK",
        "bytes=1, 9, OK",
    })
    void a_value_may_grow_up_to_the_hard_limit_and_always_shrink(String limits, int size, ErrorCode code) {
        assertEquals(code, codeOf(tree(limits), new WriteRequest.SetData("/q/c", new byte[size], -1)));
    }

    @Test
    void a_server_that_does_not_enforce_quotas_refuses_nothing() {
        var lenient = Deciding.preparation(true, false);
        Tree tree = tree("countHardLimit=1;byteHardLimit=1");

        var prepared = lenient.prepare(tree, tree.zxid() + 1, 0, CLIENT, newZnode("/q/new"));

        assertEquals(ErrorCode.OK, codeOf(prepared));
    }

    @Test
    void only_the_deepest_quota_counts() {
        Tree tree = new ATree()
                .znode("/q")
                .znode("/q/c")
                .quota("/q", "countHardLimit=1")
                .quota("/q/c", "countHardLimit=9")
                .build();

        assertEquals(ErrorCode.OK, codeOf(tree, newZnode("/q/c/new")));
        assertEquals(ErrorCode.QUOTA_EXCEEDED, codeOf(tree, newZnode("/q/new")));
    }

    @Test
    void a_multi_counts_what_it_has_made_itself() {
        Tree tree = tree("countHardLimit=3");
        var twoMore = new WriteRequest.Multi(List.of(newZnode("/q/one"), newZnode("/q/two")));
        var inExchange = new WriteRequest.Multi(
                List.of(new WriteRequest.Delete("/q/c", -1), newZnode("/q/one"), newZnode("/q/two")));

        assertEquals(
                new Txn.MultiFailed(1, ErrorCode.QUOTA_EXCEEDED),
                Deciding.prepare(tree, twoMore).txn());
        assertEquals(3, Deciding.prepare(tree, inExchange).applied().changes().size());
    }

    @Test
    void the_znodes_of_quotas_are_under_none() {
        Tree tree = new ATree().znode("/q").quota("/q", "countHardLimit=0").build();

        assertEquals(ErrorCode.OK, codeOf(tree, newZnode("/zookeeper/quota/q/zookeeper_stats")));
    }

    private static Tree tree(String limits) {
        return new ATree()
                .znode("/q")
                .znode("/q/c")
                .data("/q/c", "abc")
                .quota("/q", limits)
                .build();
    }
}
