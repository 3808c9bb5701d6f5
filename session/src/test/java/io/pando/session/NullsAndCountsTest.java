package io.pando.session;

import static io.pando.session.Bytes.ofHex;
import static io.pando.session.Bytes.reader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pando.session.wire.MarshallingException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of null, of negative counts, and of numbers that name nothing (sections 2, 10.0 and 16 of the protocol). */
class NullsAndCountsTest {
    private static final String V = "00000002 2f76";
    private static final String ACL = "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65";

    @ParameterizedTest
    @CsvSource({
        "CREATE, null path, ffffffff 00000000 00000000 00000000",
        "CREATE_TTL, null path, ffffffff 00000000 00000000 00000005 0000000000000001",
        "DELETE, null path, ffffffff 00000000",
        "EXISTS, null path, ffffffff 00",
        "GET_DATA, null path, ffffffff 00",
        "SET_DATA, null path, ffffffff 00000000 00000000",
        "GET_ACL, null path, ffffffff",
        "SET_ACL, null path, ffffffff 00000000 00000000",
        "GET_CHILDREN, null path, ffffffff 00",
        "GET_CHILDREN2, null path, ffffffff 00",
        "SYNC, null path, ffffffff",
        "GET_ALL_CHILDREN_NUMBER, null path, ffffffff",
        "ADD_WATCH, null path, ffffffff 00000000",
        "REMOVE_WATCHES, null path, ffffffff 00000001",
        "CHECK_WATCHES, null path, ffffffff 00000001",
        "AUTH, null scheme, 00000000 ffffffff 00000000",
        "SET_DATA, other negative length of data, 00000001 2f fffffffe 00000000",
        "GET_ACL, other negative length of the path, fffffffe",
        "GET_ACL, path longer than the frame, 00000003 2f76",
        "GET_ACL, path of 2 GiB, 7fffffff 2f76",
        "SET_ACL, ACLs that cannot fit, 00000001 2f 00000002 00000001 00000000 00000000 00000000",
        "SET_ACL, two thousand million ACLs, 00000001 2f 7fffffff 00000000",
        "SET_ACL, ACL without id, 00000001 2f 00000001 0000001f 00000001 61 ffffffff 00000000",
        "SET_WATCHES, null vector, 0000000000000000 00000000 ffffffff 00000000",
        "SET_WATCHES, null path, 0000000000000000 00000001 ffffffff 00000000 00000000",
        "SET_WATCHES, paths that cannot fit, 0000000000000000 40000000 00000000 00000000",
        "SET_WATCHES2, last vector missing, 0000000000000000 00000000 00000000 00000000 00000000",
        "SET_WATCHES2, null vector, 0000000000000000 00000000 00000000 00000000 00000000 ffffffff",
        "ADD_WATCH, unknown mode, 00000001 2f 00000002",
        "REMOVE_WATCHES, unknown type, 00000001 2f 00000000",
        "CHECK_WATCHES, unknown type, 00000001 2f 00000006",
        "MULTI, no end, 0000000d 00 ffffffff 00000001 2f 00000009",
        "MULTI, nothing at all, ''",
        "MULTI, a null path, 0000000d 00 ffffffff ffffffff 00000009 ffffffff 01 ffffffff",
        "MULTI, a read, 00000004 00 ffffffff 00000001 2f 00 ffffffff 01 ffffffff",
        "MULTI, a setACL, 00000007 00 ffffffff 00000001 2f ffffffff 00000000 ffffffff 01 ffffffff",
        "MULTI, a multi, 0000000e 00 ffffffff ffffffff 01 ffffffff ffffffff 01 ffffffff",
        "MULTI, an unknown type, 00000063 00 ffffffff ffffffff 01 ffffffff",
        "MULTI, flags 5, 00000001 00 ffffffff 00000001 2f ffffffff ffffffff 00000005 ffffffff 01 ffffffff",
        "MULTI, flags 7, 0000000f 00 ffffffff 00000001 2f ffffffff ffffffff 00000007 ffffffff 01 ffffffff",
        "MULTI, flags -1, 00000013 00 ffffffff 00000001 2f ffffffff ffffffff ffffffff ffffffff 01 ffffffff",
        "MULTI_READ, an exists, 00000003 00 ffffffff 00000001 2f 00 ffffffff 01 ffffffff",
        "MULTI_READ, a delete, 00000002 00 ffffffff 00000001 2f 00000000 ffffffff 01 ffffffff",
        "MULTI_READ, an unknown type, 00000063 00 ffffffff ffffffff 01 ffffffff",
        "CHECK, alone, 00000001 2f 00000000",
        "DELETE_CONTAINER, from a client, 00000001 2f",
        "CREATE_SESSION, from a client, 00000001",
        "ERROR, from a client, 00000001",
        "NOTIFICATION, from a client, 00000001",
    })
    void cannot_be_read(OpCode op, String why, String hex) {
        byte[] body = ofHex(hex);

        MarshallingException refusal =
                assertThrows(MarshallingException.class, () -> Request.read(op, reader(body)), why);

        assertEquals(0, refusal.getStackTrace().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET_DATA|null data|00000001 2f ffffffff 00000000|SetData(path=\"/\", data=null, version=0)",
                "SET_DATA|no data|00000001 2f 00000000 00000000|SetData(path=\"/\", data=#, version=0)",
                "SET_ACL|null ACL|00000001 2f ffffffff 00000001|SetAcl(path=\"/\", acl=null, version=1)",
                "SET_ACL|another negative count|00000001 2f fffffffe 00000001|SetAcl(path=\"/\", acl=[], version=1)",
                "SET_ACL|no scheme|00000001 2f 00000001 0000001f ffffffff ffffffff 00000001"
                        + "|SetAcl(path=\"/\", acl=[null], version=1)",
                "SET_ACL|auth without id|00000001 2f 00000001 0000001f 00000004 61757468 ffffffff 00000001"
                        + "|SetAcl(path=\"/\", acl=[Acl(perms=31, id=Id(scheme=\"auth\", id=\"\"))], version=1)",
                "GET_EPHEMERALS|null prefix|ffffffff|GetEphemerals(prefix=\"\")",
                "SASL|null token|ffffffff|Sasl(token=null)",
                "AUTH|null auth|00000000 00000002 6970 ffffffff|Auth(type=0, scheme=\"ip\", auth=null)",
                "EXISTS|a watch that is 7|00000001 2f 07|Exists(path=\"/\", watch=true)",
                "RECONFIG|all null|ffffffff ffffffff ffffffff ffffffffffffffff"
                        + "|Reconfig(joining=null, leaving=null, newMembers=null, curConfigId=-1)",
                "SET_WATCHES|other negative counts|0000000000000005 fffffffe 80000000 00000000"
                        + "|SetWatches(relativeZxid=5, data=[], exist=[], child=[], persistent=[], recursive=[])",
                "MULTI|no parts|ffffffff 01 ffffffff|Multi(parts=[])",
                "MULTI|an end of any type|00000002 05 00000000|Multi(parts=[])",
                "MULTI_READ|a watch|00000004 00 ffffffff 00000001 2f 01 00000008 00 ffffffff 00000001 2f 01"
                        + "ffffffff 01 ffffffff"
                        + "|MultiRead(parts=[GetData(path=\"/\", watch=false), GetChildren(path=\"/\", watch=false)])",
            })
    void can_be_read(OpCode op, String why, String hex, String meaning) throws MarshallingException {
        assertEquals(meaning, Described.of(Request.read(op, reader(ofHex(hex)))), why);
    }

    @Test
    void a_create_with_a_ttl_may_have_any_flags_in_a_multi_for_they_are_judged_later() throws MarshallingException {
        String create = V + "ffffffff" + ACL + "00000009 0000000000000001";

        Request multi =
                Request.read(OpCode.MULTI, reader(ofHex("00000015 00 ffffffff", create, "ffffffff 01 ffffffff")));

        assertTrue(Described.of(multi).contains("flags=9, ttl=1"));
    }

    @Test
    void a_create_without_a_ttl_says_so() throws MarshallingException {
        Request create = Request.read(OpCode.CREATE, reader(ofHex(V, "ffffffff", ACL, "00000005")));

        assertTrue(Described.of(create).endsWith("flags=5, ttl=-1)"), Described.of(create));
    }

    @ParameterizedTest
    @CsvSource({
        "GET_ACL, 7fffffff 00",
        "SET_DATA, 00000001 2f 7ffffff0 00",
        "SET_ACL, 00000001 2f 7fffffff 00",
        "SET_WATCHES, 0000000000000000 7fffffff 00",
    })
    void a_length_is_not_allocated_for_before_it_is_believed(OpCode op, String hex) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] body = ofHex(hex);

        long before = threads.getCurrentThreadAllocatedBytes();
        assertThrows(MarshallingException.class, () -> Request.read(op, reader(body)));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < 10_000_000, () -> String.format(Locale.ROOT, "%d bytes were allocated", allocated));
    }

    @Test
    void a_reply_may_not_have_nulls_where_a_client_needs_values() {
        assertThrows(MarshallingException.class, () -> Reply.read(OpCode.SYNC, reader(ofHex("ffffffff"))));
        assertThrows(MarshallingException.class, () -> Reply.read(OpCode.GET_CHILDREN, reader(ofHex("ffffffff"))));
        assertThrows(
                MarshallingException.class,
                () -> Reply.read(
                        OpCode.GET_ACL, reader(ofHex("00000001 00000000 ffffffff ffffffff", "00".repeat(68)))));
        assertThrows(
                MarshallingException.class,
                () -> Reply.read(OpCode.MULTI, reader(ofHex("00000063 00 00000000 ffffffff 01 ffffffff"))));
        assertThrows(
                MarshallingException.class,
                () -> Reply.read(OpCode.MULTI, reader(ofHex("0000000b 00 00000000 ffffffff 01 ffffffff"))));
    }

    @Test
    void an_event_of_an_unknown_kind_cannot_be_read() {
        assertThrows(MarshallingException.class, () -> WatchEvent.read(reader(ofHex("00000063 00000003 00000001 2f"))));
        assertThrows(MarshallingException.class, () -> WatchEvent.read(reader(ofHex("00000001 00000002 00000001 2f"))));
    }
}
