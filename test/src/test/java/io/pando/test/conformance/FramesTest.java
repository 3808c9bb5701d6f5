package io.pando.test.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames at their limits and request types that are none (wire-protocol sections 1, 2 and 8). */
class FramesTest {
    private static final int LARGEST_FRAME = 0xfffff;

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @ParameterizedTest
    @ValueSource(ints = {0, 13, -1, 10, 99, 108, Integer.MIN_VALUE})
    void a_type_that_is_no_request_is_refused_and_the_connection_closed(int op) throws Exception {
        RawClient client = SERVER.raw();

        Reply reply = client.call(op, Body.versioned("/", -1));

        assertEquals(Errors.UNIMPLEMENTED, reply.error());
        assertEquals(-1, reply.zxid());
        assertTrue(client.isClosedByServer());
    }

    @ParameterizedTest
    @ValueSource(ints = {Op.DELETE_CONTAINER, Op.CREATE_SESSION})
    void a_type_of_the_servers_own_is_refused_too(int op) throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "ZooKeeper takes these from anybody, to its own harm");
        RawClient client = SERVER.raw();

        Reply reply = client.call(op, Body.of(SERVER.root()));

        assertEquals(Errors.UNIMPLEMENTED, reply.error());
        assertTrue(client.isClosedByServer());
        assertEquals(
                Errors.OK,
                SERVER.raw().call(Op.EXISTS, Body.read(SERVER.root(), false)).error());
    }

    @Test
    void the_largest_frame_is_parsed_and_one_byte_more_ends_the_connection() throws Exception {
        RawClient client = SERVER.raw();
        Body body = Body.create(SERVER.path("large"), new byte[0], 0);
        int filling = LARGEST_FRAME - 8 - body.toBytes().length;

        Reply reply = client.call(Op.CREATE, Body.create(SERVER.path("large"), new byte[filling], 0));
        assertEquals(Errors.OK, reply.error());
        assertEquals(filling, stored(SERVER.path("large")));

        client.sendBytes(ByteBuffer.allocate(4).putInt(LARGEST_FRAME + 1).array());
        assertTrue(client.isClosedByServer());
    }

    private static int stored(String path) throws Exception {
        byte[] data = SERVER.raw().call(Op.GET_DATA, Body.read(path, false)).buffer();
        return data == null ? -1 : data.length;
    }

    @Test
    void a_body_cut_short_is_answered_and_the_connection_stays() throws Exception {
        RawClient client = SERVER.raw();

        for (int op : new int[] {Op.CREATE, Op.SET_DATA, Op.GET_DATA, Op.MULTI, Op.ADD_WATCH, Op.SET_WATCHES}) {
            assertEquals(
                    Errors.MARSHALLING, client.call(op, Body.empty().int32(5)).error(), () -> "type " + op);
        }
        assertEquals(Errors.OK, client.ping().error());
    }

    @Test
    void a_null_path_is_a_body_that_cannot_be_used() throws Exception {
        RawClient client = SERVER.raw();

        assertEquals(
                Errors.MARSHALLING,
                client.call(Op.GET_DATA, Body.read(null, false)).error());
        assertEquals(
                Errors.MARSHALLING,
                client.call(Op.DELETE, Body.versioned(null, -1)).error());
    }

    @Test
    void a_header_cut_short_ends_the_connection() throws Exception {
        RawClient client = SERVER.raw();

        client.sendFrame(new byte[] {0, 0, 0, 1});

        assertTrue(client.isClosedByServer());
    }

    @Test
    void bytes_behind_a_record_are_ignored() throws Exception {
        RawClient client = SERVER.raw();

        Reply reply = client.call(Op.EXISTS, Body.read("/", false).int64(42));

        assertEquals(Errors.OK, reply.error());
    }

    @Test
    void any_byte_but_zero_means_true() throws Exception {
        RawClient client = SERVER.raw();
        client.call(Op.EXISTS, Body.of(SERVER.path("n")).raw(new byte[] {7}));

        client.call(Op.CREATE, Body.create(SERVER.path("n"), null, 0));

        assertEquals(1, client.takeEvents().size());
    }

    @Test
    void null_and_empty_data_are_told_apart() throws Exception {
        RawClient client = SERVER.raw();
        client.call(Op.CREATE, Body.create(SERVER.path("null"), null, 0));
        client.call(Op.CREATE, Body.create(SERVER.path("empty"), new byte[0], 0));

        assertEquals(
                -1,
                client.call(Op.GET_DATA, Body.read(SERVER.path("null"), false)).int32());
        assertEquals(
                0,
                client.call(Op.GET_DATA, Body.read(SERVER.path("empty"), false)).int32());
    }

    @Test
    void a_null_vector_of_watches_is_an_error_and_another_negative_count_an_empty_vector() throws Exception {
        RawClient client = SERVER.raw();

        assertEquals(
                Errors.MARSHALLING,
                client.call(
                                Op.SET_WATCHES,
                                Body.empty()
                                        .int64(0)
                                        .texts(null)
                                        .texts(List.of())
                                        .texts(List.of()))
                        .error());
        assertEquals(
                Errors.OK,
                client.call(
                                Op.SET_WATCHES,
                                Body.empty().int64(0).int32(-2).int32(-3).int32(0))
                        .error());
    }

    @Test
    void replies_come_in_the_order_of_the_requests() throws Exception {
        RawClient client = SERVER.raw();
        int first = client.send(Op.CREATE, Body.create(SERVER.path("n"), null, 0));
        for (int i = 0; i < 200; i++) {
            client.send(
                    i % 2 == 0 ? Op.SET_DATA : Op.EXISTS,
                    i % 2 == 0
                            ? Body.setData(SERVER.path("n"), new byte[] {(byte) i}, -1)
                            : Body.read(SERVER.path("n"), false));
        }

        assertEquals(Errors.OK, client.replyTo(first).error());
        for (int i = 0; i < 200; i++) {
            Reply reply = client.replyTo(first + 1 + i);
            assertEquals(i / 2 + 1, reply.stat().version(), "a read sees the writes sent before it and no later one");
        }
    }
}
