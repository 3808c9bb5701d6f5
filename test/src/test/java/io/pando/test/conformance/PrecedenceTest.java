package io.pando.test.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Body.AclEntry;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which of several faults a request is told of (wire-protocol section 10): the checks have an order. */
class PrecedenceTest {
    private static final List<AclEntry> READ_ONLY = List.of(new AclEntry(1, "world", "anyone"));
    private static final List<AclEntry> NOT_AN_ACL = List.of();

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    private RawClient client;

    @BeforeEach
    void growATree() throws Exception {
        client = SERVER.raw();
        create("parent", AclEntry.EVERYTHING_TO_ANYONE, 0);
        create("parent/child", AclEntry.EVERYTHING_TO_ANYONE, 0);
        create("closed", READ_ONLY, 0);
        create("ephemeral", AclEntry.EVERYTHING_TO_ANYONE, 1);
    }

    @Test
    void create_looks_at_flags_before_the_path() throws Exception {
        assertEquals(Errors.BAD_ARGUMENTS, error(Op.CREATE, Body.create("no-slash", null, NOT_AN_ACL, 7)));
        assertEquals(Errors.BAD_ARGUMENTS, error(Op.CREATE, Body.create(SERVER.path("x"), null, NOT_AN_ACL, 5)));
        assertEquals(Errors.BAD_ARGUMENTS, error(Op.CREATE, Body.create("a", null, NOT_AN_ACL, 0)));
    }

    @Test
    void create_looks_at_the_access_list_before_the_parent() throws Exception {
        assertEquals(Errors.INVALID_ACL, error(Op.CREATE, Body.create(SERVER.path("missing/x"), null, NOT_AN_ACL, 0)));
        assertEquals(Errors.INVALID_ACL, error(Op.CREATE, Body.create(SERVER.path("missing/x"), null, null, 0)));
    }

    @Test
    void create_looks_for_the_parent_before_it_validates_the_path() throws Exception {
        assertEquals(Errors.NO_NODE, create("missing/.", AclEntry.EVERYTHING_TO_ANYONE, 0));
        assertEquals(Errors.NO_NODE, error(Op.CREATE, Body.create("a/b", null, 0)), "a relative path has no parent");
    }

    @Test
    void create_asks_for_permission_before_it_validates_the_path() throws Exception {
        assertEquals(Errors.NO_AUTH, create("closed/.", AclEntry.EVERYTHING_TO_ANYONE, 0));
        assertEquals(Errors.BAD_ARGUMENTS, create("parent/.", AclEntry.EVERYTHING_TO_ANYONE, 0));
    }

    @Test
    void create_finds_the_node_existing_before_it_minds_an_ephemeral_parent() throws Exception {
        assertEquals(Errors.NODE_EXISTS, create("parent/child", AclEntry.EVERYTHING_TO_ANYONE, 0));
        assertEquals(Errors.NO_CHILDREN_FOR_EPHEMERALS, create("ephemeral/x", AclEntry.EVERYTHING_TO_ANYONE, 0));
    }

    @Test
    void only_sequential_paths_may_end_with_a_slash() throws Exception {
        assertEquals(Errors.BAD_ARGUMENTS, create("parent/", AclEntry.EVERYTHING_TO_ANYONE, 0));
        assertEquals(Errors.OK, create("parent/", AclEntry.EVERYTHING_TO_ANYONE, 2));
    }

    @Test
    void a_ttl_is_within_its_range_and_only_for_modes_with_one() throws Exception {
        for (long ttlMs : new long[] {0, -1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(Errors.BAD_ARGUMENTS, createTtl(5, ttlMs), () -> "ttl " + ttlMs);
        }
        assertEquals(Errors.BAD_ARGUMENTS, createTtl(0, 1000));
        assertEquals(Errors.OK, createTtl(5, (1L << 40) - 1));
    }

    @Test
    void a_ttl_request_for_a_plain_mode_is_refused_whatever_its_ttl() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "ZooKeeper logs one of these before it finds it can't apply it");

        for (int flags = 0; flags <= 4; flags++) assertEquals(Errors.BAD_ARGUMENTS, createTtl(flags, -1));
    }

    @Test
    void delete_minds_the_version_before_the_children() throws Exception {
        assertEquals(Errors.BAD_VERSION, error(Op.DELETE, Body.versioned(SERVER.path("parent"), 9)));
        assertEquals(Errors.NOT_EMPTY, error(Op.DELETE, Body.versioned(SERVER.path("parent"), 0)));
    }

    @Test
    void delete_asks_the_parent_for_permission_before_it_looks_for_the_node() throws Exception {
        assertEquals(Errors.NO_AUTH, error(Op.DELETE, Body.versioned(SERVER.path("closed/missing"), -1)));
        assertEquals(Errors.NO_NODE, error(Op.DELETE, Body.versioned(SERVER.path("parent/missing"), -1)));
    }

    @Test
    void set_data_validates_then_looks_then_asks_then_compares() throws Exception {
        assertEquals(Errors.BAD_ARGUMENTS, error(Op.SET_DATA, Body.setData("/a//b", null, 9)));
        assertEquals(Errors.NO_NODE, error(Op.SET_DATA, Body.setData(SERVER.path("missing"), null, 9)));
        assertEquals(Errors.NO_AUTH, error(Op.SET_DATA, Body.setData(SERVER.path("closed"), null, 9)));
        assertEquals(Errors.BAD_VERSION, error(Op.SET_DATA, Body.setData(SERVER.path("parent"), null, 9)));
    }

    @Test
    void set_acl_validates_the_list_before_it_looks_for_the_node() throws Exception {
        assertEquals(Errors.INVALID_ACL, setAcl("missing", NOT_AN_ACL, 9));
        assertEquals(Errors.NO_NODE, setAcl("missing", READ_ONLY, 9));
        assertEquals(Errors.NO_AUTH, setAcl("closed", READ_ONLY, 9));
        assertEquals(Errors.BAD_VERSION, setAcl("parent", READ_ONLY, 9));
    }

    @Test
    void reads_of_a_malformed_path_find_nothing() throws Exception {
        assertEquals(Errors.NO_NODE, error(Op.GET_DATA, Body.read("no//such", false)));
        assertEquals(Errors.NO_NODE, error(Op.GET_CHILDREN, Body.read("/zookeeper/", false)));
        assertEquals(Errors.BAD_ARGUMENTS, error(Op.EXISTS, Body.read("/with\0null", false)));
    }

    @Test
    void reconfiguration_is_disabled() throws Exception {
        Body nothing = Body.empty().text(null).text(null).text(null).int64(-1);
        assertEquals(Errors.RECONFIG_DISABLED, error(Op.RECONFIG, nothing));
    }

    private int create(String name, List<AclEntry> acl, int flags) throws Exception {
        return error(Op.CREATE, Body.create(SERVER.path(name), new byte[0], acl, flags));
    }

    private int createTtl(int flags, long ttlMs) throws Exception {
        return error(Op.CREATE_TTL, Body.create(SERVER.path("ttl"), null, flags).int64(ttlMs));
    }

    private int setAcl(String name, List<AclEntry> acl, int version) throws Exception {
        return error(Op.SET_ACL, Body.of(SERVER.path(name)).acl(acl).int32(version));
    }

    private int error(int op, Body body) throws Exception {
        Reply reply = client.call(op, body);
        return reply.error();
    }
}
