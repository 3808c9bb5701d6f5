package io.pando.session;

import static io.pando.session.Bytes.hex;
import static io.pando.session.Bytes.readerOfFrame;
import static io.pando.session.Bytes.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pando.session.GoldenFrames.Answered;
import io.pando.session.GoldenFrames.Asked;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFramesTest {
    static List<Asked> requests() {
        return GoldenFrames.REQUESTS;
    }

    static List<Answered> replies() {
        return GoldenFrames.REPLIES;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_is_written_as_zookeepers_client_writes_it(Asked asked) {
        assertEquals(hex(asked.frame()), hex(written(out -> asked.request().writeFrame(asked.xid(), out))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_is_understood_as_zookeepers_server_understands_it(Asked asked) throws MarshallingException {
        WireReader in = readerOfFrame(asked.frame());

        RequestHeader header = RequestHeader.read(in);
        OpCode op = OpCode.of(header.type());
        assertNotNull(op);
        Request request = Request.read(op, in);

        assertEquals(asked.xid(), header.xid());
        assertEquals(Described.of(asked.request()), Described.of(request));
        assertEquals(op, request.op());
        assertEquals(0, in.remaining());
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_is_written_as_zookeepers_server_writes_it(Answered answered) {
        assertEquals(
                hex(answered.frame()),
                hex(written(out -> answered.reply().writeFrame(answered.xid(), answered.zxid(), out))));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_is_understood_as_zookeepers_client_understands_it(Answered answered) throws MarshallingException {
        WireReader in = readerOfFrame(answered.frame());

        ReplyHeader header = ReplyHeader.read(in);
        Reply reply = Reply.read(answered.op(), in);

        assertEquals(new ReplyHeader(answered.xid(), answered.zxid(), 0), header);
        assertEquals(Described.of(answered.reply()), Described.of(reply));
        assertEquals(0, in.remaining());
    }

    @Test
    void a_failure_is_a_header_and_nothing_else() {
        assertEquals(hex(GoldenFrames.NO_NODE), hex(written(out -> Reply.writeFailure(1, 1, -101, out))));
        assertEquals(hex(GoldenFrames.BAD_VERSION), hex(written(out -> Reply.writeFailure(4, 3, -103, out))));
    }

    @Test
    void a_watch_event_goes_both_ways() throws MarshallingException {
        WatchEvent event = WatchEvent.of(EventType.NODE_CREATED, "/v");
        WireReader in = readerOfFrame(GoldenFrames.WATCH_EVENT);

        assertEquals(hex(GoldenFrames.WATCH_EVENT), hex(written(out -> event.writeFrame(2, out))));
        assertEquals(new ReplyHeader(Xids.NOTIFICATION, 2, 0), ReplyHeader.read(in));
        assertEquals(event, WatchEvent.read(in));
    }
}
