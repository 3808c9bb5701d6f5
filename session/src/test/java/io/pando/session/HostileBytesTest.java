package io.pando.session;

import static io.pando.session.Bytes.written;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.GoldenFrames.Answered;
import io.pando.session.GoldenFrames.Asked;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a frame are, they are a message or refused, and those behind the frame are not touched. */
class HostileBytesTest {
    static List<Asked> requests() {
        return GoldenFrames.REQUESTS;
    }

    static List<Answered> replies() {
        return GoldenFrames.REPLIES;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_that_is_cut_short_anywhere_is_refused(Asked asked) {
        byte[] message = messageOf(asked.frame());

        for (int length = 0; length < message.length; length++) {
            assertRefusedWithinItsEnd(message, length, HostileBytesTest::readRequest);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_that_is_cut_short_anywhere_is_refused(Answered answered) {
        byte[] message = messageOf(answered.frame());

        for (int length = 0; length < message.length; length++) {
            assertRefusedWithinItsEnd(message, length, in -> {
                ReplyHeader.read(in);
                return Reply.read(answered.op(), in);
            });
        }
    }

    @Test
    void a_handshake_or_event_that_is_cut_short_is_refused() {
        byte[] request = messageOf(GoldenFrames.CONNECT_REQUEST);
        byte[] response = messageOf(GoldenFrames.CONNECT_RESPONSE);
        byte[] event = messageOf(GoldenFrames.WATCH_EVENT);

        for (int length = 0; length < request.length - 1; length++) {
            assertRefusedWithinItsEnd(request, length, ConnectRequest::read);
        }
        for (int length = 0; length < response.length - 1; length++) {
            assertRefusedWithinItsEnd(response, length, ConnectResponse::read);
        }
        for (int length = 0; length < event.length; length++) {
            assertRefusedWithinItsEnd(event, length, in -> {
                ReplyHeader.read(in);
                return WatchEvent.read(in);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void bytes_behind_a_request_belong_to_nobody(Asked asked) throws MarshallingException {
        byte[] message = messageOf(asked.frame());
        WireReader in = Bytes.reader(Arrays.copyOf(message, message.length + 3));

        assertEquals(Described.of(asked.request()), Described.of(readRequest(in)));
        assertEquals(3, in.remaining());
        in.skipRest();
        assertEquals(0, in.remaining());
    }

    @Provide
    Arbitrary<Request> anyRequests() {
        return Messages.requests();
    }

    /** The same bytes mean the same, whether ones or zeros follow: so nobody looked at what follows. */
    @Property
    void damaged_requests_are_read_or_refused_by_their_own_bytes_alone(
            @ForAll("anyRequests") Request request, @ForAll long seed) {
        byte[] message = damaged(written(request::write), new Random(seed));
        OpCode op = request.op();

        String before = outcome(message, (byte) 0, in -> Request.read(op, in));
        String after = outcome(message, (byte) 0xff, in -> Request.read(op, in));

        assertEquals(before, after);
    }

    @Property
    void noise_is_read_or_refused_as_a_request_or_a_reply_of_any_type(@ForAll byte[] noise, @ForAll OpCode op) {
        assertNotNull(outcome(noise, (byte) 1, in -> Request.read(op, in)));
        assertNotNull(outcome(noise, (byte) 1, in -> Reply.read(op, in)));
        assertNotNull(outcome(noise, (byte) 1, ConnectRequest::read));
    }

    private static byte[] damaged(byte[] message, Random random) {
        byte[] damaged = Arrays.copyOf(message, message.length + random.nextInt(3));
        for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return damaged;
    }

    private static String outcome(byte[] message, byte behind, Decoder decoder) {
        byte[] bytes = Arrays.copyOf(message, message.length + 64);
        Arrays.fill(bytes, message.length, bytes.length, behind);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        String outcome;
        try {
            outcome = Described.of(decoder.read(new WireReader(in, message.length)));
        } catch (MarshallingException refusal) {
            outcome = String.valueOf(refusal.getMessage());
        }
        assertTrue(in.readerIndex() <= message.length);
        return outcome;
    }

    private static void assertRefusedWithinItsEnd(byte[] message, int length, Decoder decoder) {
        ByteBuf in = Unpooled.wrappedBuffer(message);

        assertThrows(MarshallingException.class, () -> decoder.read(new WireReader(in, length)));
        assertTrue(in.readerIndex() <= length);
    }

    private static Request readRequest(WireReader in) throws MarshallingException {
        OpCode op = OpCode.of(RequestHeader.read(in).type());
        assertNotNull(op);
        return Request.read(op, in);
    }

    private static byte[] messageOf(byte[] frame) {
        ByteBuf in = Unpooled.wrappedBuffer(frame);
        assertEquals(frame.length, assertDoesNotThrow(() -> Frames.completeAt(in, Frames.DEFAULT_MAX_BYTES)));
        return Arrays.copyOfRange(frame, Frames.LENGTH_BYTES, frame.length);
    }

    private interface Decoder {
        Object read(WireReader in) throws MarshallingException;
    }
}
