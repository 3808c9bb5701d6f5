package io.pando.server.request;

import static io.pando.server.request.Deciding.codeOf;
import static io.pando.server.request.Deciding.prepare;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** delete, setData, setACL and check: {@code wire-protocol.md} sections 10.2 to 10.5. Versions are all 0 at first. */
class ChangeRulesTest {
    private static final int ANY = -1;

    private final Tree tree = new ATree()
            .session(Deciding.SESSION)
            .znode("/open")
            .znode("/open/leaf")
            .znode("/open/branch")
            .znode("/open/branch/leaf")
            .znode("/closed", List.of(new Acl(0, Acl.OPEN.get(0).id())))
            .znode("/closed/there")
            .znode("/closed/branch")
            .znode("/closed/branch/leaf")
            .znode("/full")
            .quota("/full", "count=-1,bytes=-1=;byteHardLimit=3;countHardLimit=-1")
            .build();

    @ParameterizedTest
    @CsvSource({
        "/open/leaf,      0, OK",
        "/open/leaf,     -1, OK",
        "noslash,        -1, BAD_ARGUMENTS",
        "'',             -1, BAD_ARGUMENTS",
        "/,              -1, BAD_ARGUMENTS",
        "/zookeeper,     -1, BAD_ARGUMENTS",
        "/zookeeper/quota, 9, BAD_ARGUMENTS",
        "/zookeeper/config, 9, BAD_ARGUMENTS",
        "/missing/x,      9, NO_NODE",
        "open/leaf,      -1, NO_NODE",
        "/closed/there,   9, NO_AUTH",
        "/closed/branch,  9, NO_AUTH",
        "/closed/missing, 9, NO_AUTH",
        "/closed/..,     -1, NO_AUTH",
        "/open/missing,   9, NO_NODE",
        "/open/.,        -1, NO_NODE",
        "/open/,         -1, NO_NODE",
        "/open/leaf,      1, BAD_VERSION",
        "/open/leaf,     -2, BAD_VERSION",
        "/open/branch,    1, BAD_VERSION",
        "/open/branch,    0, NOT_EMPTY",
        "/open/branch,   -1, NOT_EMPTY",
    })
    void the_first_rule_that_a_delete_breaks_is_its_answer(String path, int version, ErrorCode code) {
        assertEquals(code, codeOf(tree, new WriteRequest.Delete(path, version)));
    }

    @Test
    void a_path_with_a_nul_can_not_be_deleted_whatever_else_is_wrong() {
        assertEquals(ErrorCode.BAD_ARGUMENTS, codeOf(tree, new WriteRequest.Delete("/missing/\0", ANY)));
    }

    @ParameterizedTest
    @CsvSource({
        "/open/leaf,  0, OK",
        "/,          -1, OK",
        "/full,      -1, OK",
        "/missing/.,  9, BAD_ARGUMENTS",
        "missing,     9, BAD_ARGUMENTS",
        "/missing,    9, NO_NODE",
        "/closed,     9, NO_AUTH",
        "/open/leaf,  9, BAD_VERSION",
    })
    void the_first_rule_that_a_new_value_breaks_is_its_answer(String path, int version, ErrorCode code) {
        assertEquals(code, codeOf(tree, new WriteRequest.SetData(path, new byte[3], version)));
    }

    @Test
    void a_quota_is_looked_at_before_the_version() {
        assertEquals(ErrorCode.QUOTA_EXCEEDED, codeOf(tree, new WriteRequest.SetData("/full", new byte[4], 9)));
        assertEquals(ErrorCode.BAD_VERSION, codeOf(tree, new WriteRequest.SetData("/full", new byte[3], 9)));
    }

    @ParameterizedTest
    @CsvSource({
        "/open/leaf, good, 0, OK",
        "/open/leaf, good, -1, OK",
        "/missing/., bad,  9, BAD_ARGUMENTS",
        "/missing,   bad,  9, INVALID_ACL",
        "/closed,    bad,  9, INVALID_ACL",
        "/missing,   good, 9, NO_NODE",
        "/closed,    good, 9, NO_AUTH",
        "/open/leaf, good, 9, BAD_VERSION",
    })
    void the_first_rule_that_a_new_acl_breaks_is_its_answer(String path, String acl, int version, ErrorCode code) {
        List<Acl> entries = acl.equals("good") ? Acl.READ_ONLY : List.of();

        assertEquals(code, codeOf(tree, new WriteRequest.SetAcl(path, List.copyOf(entries), version)));
    }

    @ParameterizedTest
    @CsvSource({
        "/open/leaf,  0, OK",
        "/open/leaf, -1, OK",
        "/missing/,   9, BAD_ARGUMENTS",
        "/missing,    9, NO_NODE",
        "/closed,     9, NO_AUTH",
        "/open/leaf,  9, BAD_VERSION",
    })
    void the_first_rule_that_a_check_breaks_is_its_answer(String path, int version, ErrorCode code) {
        var alone = new WriteRequest.Multi(List.of(new WriteRequest.Check(path, version)));
        Txn expected =
                code == ErrorCode.OK ? new Txn.Multi(List.of(new Txn.Check(path))) : new Txn.MultiFailed(0, code);

        assertEquals(expected, prepare(tree, alone).txn());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2147483647, -2147483648", "-2, 0"})
    void versions_wrap_and_skip_the_one_that_means_any(int before, int after) {
        Tree old = ATree.withZnode(before, before, 0);

        assertEquals(
                new Txn.SetData("/z", new byte[1], after),
                prepare(old, new WriteRequest.SetData("/z", new byte[1], before))
                        .txn());
        assertEquals(
                new Txn.SetAcl("/z", Acl.OPEN, after),
                prepare(old, new WriteRequest.SetAcl("/z", List.copyOf(Acl.OPEN), before))
                        .txn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open", "/zookeeper/config"})
    void a_reconfiguration_is_switched_off(String members) {
        assertEquals(ErrorCode.RECONFIG_DISABLED, codeOf(tree, new WriteRequest.Reconfig(null, null, members, -1)));
    }

    @Test
    void a_refused_write_changes_nothing_but_takes_its_zxid() {
        var refused = prepare(tree, new WriteRequest.Delete("/missing", ANY));

        assertEquals(List.of(), refused.applied().changes());
        assertEquals(tree.digest(), refused.applied().tree().digest());
        assertEquals(tree.zxid() + 1, refused.applied().tree().zxid());
    }
}
