package io.pando.server.request;

import static io.pando.server.request.Deciding.SESSION;
import static io.pando.server.request.Deciding.codeOf;
import static io.pando.server.request.Deciding.createTtl;
import static io.pando.server.request.Deciding.newZnode;
import static io.pando.server.request.Deciding.prepare;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Owner;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.OpCode;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** create and its three sisters: {@code wire-protocol.md} sections 10.1 and 13. */
class CreateRulesTest {
    /** The rules in the order in which they are looked at. */
    enum Rule {
        FLAGS(ErrorCode.BAD_ARGUMENTS),
        TTL_ALLOWED(ErrorCode.UNIMPLEMENTED),
        TTL(ErrorCode.BAD_ARGUMENTS),
        SLASH(ErrorCode.BAD_ARGUMENTS),
        ACL(ErrorCode.INVALID_ACL),
        PARENT_EXISTS(ErrorCode.NO_NODE),
        PERMISSION(ErrorCode.NO_AUTH),
        PATH(ErrorCode.BAD_ARGUMENTS),
        NEW(ErrorCode.NODE_EXISTS),
        PARENT_LASTS(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS),
        QUOTA(ErrorCode.QUOTA_EXCEEDED);

        private final ErrorCode code;

        Rule(ErrorCode code) {
            this.code = code;
        }
    }

    /** A request and what is wrong with it. */
    record Case(WriteRequest.Create request, boolean ttlAllowed, Set<Rule> broken) {
        ErrorCode expected() {
            return broken.stream().map(rule -> rule.code).findFirst().orElse(ErrorCode.OK);
        }

        @Override
        public String toString() {
            return request.op() + " " + request.path() + " breaks " + broken;
        }
    }

    private record Kind(OpCode op, int flags, long ttl, boolean ttlAllowed, Set<Rule> broken) {}

    private record Place(String path, Set<Rule> broken) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(OpCode.CREATE_TTL, 5, 1, true, Set.of()),
            new Kind(OpCode.CREATE, 7, -1, true, Set.of(Rule.FLAGS)),
            new Kind(OpCode.CREATE, -1, -1, false, Set.of(Rule.FLAGS)),
            new Kind(OpCode.CREATE_TTL, 5, 0, false, Set.of(Rule.TTL_ALLOWED, Rule.TTL)),
            new Kind(OpCode.CREATE_TTL, 5, 0, true, Set.of(Rule.TTL)));

    private static final List<Place> PLACES = List.of(
            new Place("/open/new", Set.of()),
            new Place("new", Set.of(Rule.SLASH)),
            new Place("", Set.of(Rule.SLASH)),
            new Place("/missing/ne\0w", Set.of(Rule.SLASH)),
            new Place("/missing/new", Set.of(Rule.PARENT_EXISTS)),
            new Place("/missing/./new", Set.of(Rule.PARENT_EXISTS)),
            new Place("open/new", Set.of(Rule.PARENT_EXISTS)),
            new Place("/closed/new", Set.of(Rule.PERMISSION)),
            new Place("/closed/.", Set.of(Rule.PERMISSION, Rule.PATH)),
            new Place("/closed/there", Set.of(Rule.PERMISSION, Rule.NEW)),
            new Place("/closed-ephemeral/new", Set.of(Rule.PERMISSION, Rule.PARENT_LASTS)),
            new Place("/closed-full/new", Set.of(Rule.PERMISSION, Rule.QUOTA)),
            new Place("/open/..", Set.of(Rule.PATH)),
            new Place("/open/", Set.of(Rule.PATH)),
            new Place("//", Set.of(Rule.PATH)),
            new Place("/open/\ud800", Set.of(Rule.PATH)),
            new Place("/ephemeral/.", Set.of(Rule.PATH, Rule.PARENT_LASTS)),
            new Place("/full/.", Set.of(Rule.PATH, Rule.QUOTA)),
            new Place("/", Set.of(Rule.NEW)),
            new Place("/open/there", Set.of(Rule.NEW)),
            new Place("/full/there", Set.of(Rule.NEW, Rule.QUOTA)),
            new Place("/ephemeral/new", Set.of(Rule.PARENT_LASTS)),
            new Place("/full-ephemeral/new", Set.of(Rule.PARENT_LASTS, Rule.QUOTA)),
            new Place("/full/new", Set.of(Rule.QUOTA)));

    private static final String FULL = "count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=1";

    private final Tree tree = new ATree()
            .session(SESSION)
            .znode("/open")
            .znode("/open/there")
            .znode("/closed", Acl.READ_ONLY)
            .znode("/closed/there")
            .ephemeral("/ephemeral", Acl.OPEN, SESSION)
            .ephemeral("/closed-ephemeral", Acl.READ_ONLY, SESSION)
            .znode("/full")
            .znode("/full/there")
            .znode("/closed-full", Acl.READ_ONLY)
            .ephemeral("/full-ephemeral", Acl.OPEN, SESSION)
            .quota("/full", FULL)
            .quota("/closed-full", FULL)
            .quota("/full-ephemeral", FULL)
            .build();

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (Place place : PLACES) {
                cases.add(aCase(kind, place, Acl.OPEN, Set.of()));
                cases.add(aCase(kind, place, List.of(), Set.of(Rule.ACL)));
            }
        }
        return cases.stream();
    }

    private static Case aCase(Kind kind, Place place, List<Acl> acl, Set<Rule> brokenByAcl) {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        broken.addAll(kind.broken);
        broken.addAll(place.broken);
        broken.addAll(brokenByAcl);
        var request = new WriteRequest.Create(kind.op, place.path, new byte[0], List.copyOf(acl), kind.flags, kind.ttl);
        return new Case(request, kind.ttlAllowed, broken);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_first_rule_that_a_create_breaks_is_its_answer(Case given) {
        var preparation = Deciding.preparation(given.ttlAllowed, true);

        var prepared = preparation.prepare(tree, tree.zxid() + 1, 0, Deciding.CLIENT, given.request);

        assertEquals(given.expected(), codeOf(prepared));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE,           0, 0",
        "CREATE,           1, 7",
        "CREATE,           3, 7",
        "CREATE2,          0, 0",
        "CREATE,           4, 0",
        "CREATE2,          4, 0",
        "CREATE_CONTAINER, 4, -9223372036854775808",
        "CREATE_CONTAINER, 0, -9223372036854775808",
        "CREATE_CONTAINER, 1, -9223372036854775808",
    })
    void the_type_of_a_request_makes_a_container_and_its_flags_an_ephemeral(OpCode op, int flags, long owner) {
        var txn = assertInstanceOf(
                Txn.Create.class, prepare(tree, newZnode(op, "/open/n", flags)).txn());

        assertEquals(owner, txn.owner());
    }

    @Test
    void inside_a_multi_the_flag_makes_a_container_too() {
        var multi = new WriteRequest.Multi(List.of(newZnode(OpCode.CREATE, "/open/n", 4)));

        var tree = prepare(this.tree, multi).applied().tree();

        assertEquals(Owner.CONTAINER, assertNotNullZnodeOwner(tree, "/open/n"));
    }

    private static long assertNotNullZnodeOwner(Tree tree, String path) {
        var node = tree.find(path);
        assertNotNull(node);
        return node == null ? 0 : node.owner();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, (1L << 40) - 1})
    void a_time_to_live_is_one_millisecond_or_more_and_below_two_to_the_fortieth(long ttl) {
        var txn = assertInstanceOf(
                Txn.Create.class, prepare(tree, createTtl("/open/n", 5, ttl)).txn());

        assertEquals(ttl, Owner.ttlMs(txn.owner()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1L << 40, Long.MAX_VALUE})
    void any_other_time_to_live_is_refused(long ttl) {
        assertEquals(ErrorCode.BAD_ARGUMENTS, codeOf(tree, createTtl("/open/n", 5, ttl)));
        assertEquals(ErrorCode.BAD_ARGUMENTS, codeOf(tree, createTtl("/open/n", 6, ttl)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void a_time_to_live_needs_a_kind_of_znode_that_has_one(long ttl) {
        for (int flags = 0; flags <= 4; flags++) {
            assertEquals(ErrorCode.BAD_ARGUMENTS, codeOf(tree, createTtl("/open/n", flags, ttl)));
        }
    }

    @ParameterizedTest
    @CsvSource({"CREATE, 5", "CREATE2, 6", "CREATE_CONTAINER, 5"})
    void a_kind_of_znode_with_a_time_to_live_needs_one(OpCode op, int flags) {
        assertEquals(ErrorCode.BAD_ARGUMENTS, codeOf(tree, newZnode(op, "/open/n", flags)));
    }

    @Test
    void no_data_stays_no_data() {
        var none = WriteRequest.Create.of(OpCode.CREATE, "/open/n", null, List.copyOf(Acl.OPEN), 0);

        var txn = assertInstanceOf(Txn.Create.class, prepare(tree, none).txn());

        assertEquals(new Txn.Create("/open/n", null, Acl.OPEN, Owner.PERSISTENT), txn);
    }
}
