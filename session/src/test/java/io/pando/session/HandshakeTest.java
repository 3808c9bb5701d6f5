package io.pando.session;

import static io.pando.session.Bytes.hex;
import static io.pando.session.Bytes.readerOfFrame;
import static io.pando.session.Bytes.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Password;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final ConnectRequest REQUEST = new ConnectRequest(0, 0, 4000, 0, new byte[16], false, true);
    private static final ConnectRequest OLD_REQUEST = new ConnectRequest(0, 0, 4000, 0, new byte[16], false, false);

    @Test
    void a_connect_request_goes_both_ways() throws MarshallingException {
        ConnectRequest read = ConnectRequest.read(readerOfFrame(GoldenFrames.CONNECT_REQUEST));

        assertEquals(Described.of(REQUEST), Described.of(read));
        assertEquals(hex(GoldenFrames.CONNECT_REQUEST), hex(written(REQUEST::writeFrame)));
    }

    @Test
    void a_connect_response_goes_both_ways() throws MarshallingException {
        ConnectResponse response = ConnectResponse.accepted(
                REQUEST, 4000, GoldenFrames.SESSION_ID, Password.of(GoldenFrames.PASSWORD), false);

        ConnectResponse read = ConnectResponse.read(readerOfFrame(GoldenFrames.CONNECT_RESPONSE));

        assertEquals(Described.of(response), Described.of(read));
        assertEquals(hex(GoldenFrames.CONNECT_RESPONSE), hex(written(response::writeFrame)));
    }

    @Test
    void a_client_that_does_not_know_read_only_is_answered_without_it() throws MarshallingException {
        byte[] request = withoutLastByte(GoldenFrames.CONNECT_REQUEST);

        ConnectRequest read = ConnectRequest.read(readerOfFrame(request));
        byte[] response = written(ConnectResponse.accepted(
                read, 4000, GoldenFrames.SESSION_ID, Password.of(GoldenFrames.PASSWORD), true)::writeFrame);

        assertFalse(read.knowsReadOnly());
        assertFalse(read.readOnly());
        assertEquals(44, request.length - Frames.LENGTH_BYTES);
        assertEquals(
                hex(request).substring(8), hex(written(OLD_REQUEST::writeFrame)).substring(8));
        assertEquals(36, response.length - Frames.LENGTH_BYTES);
    }

    @Test
    void a_response_without_read_only_is_one_of_a_server_that_can_write() throws MarshallingException {
        ConnectResponse read = ConnectResponse.read(readerOfFrame(withoutLastByte(GoldenFrames.CONNECT_RESPONSE)));

        assertFalse(read.readOnly());
        assertFalse(read.knowsReadOnly());
    }

    @Test
    void a_refusal_says_no_more_than_that() {
        String refusal = hex(written(ConnectResponse.refused(REQUEST, false)::writeFrame));

        assertEquals("00000025" + "00".repeat(16) + "00000010" + "00".repeat(16) + "00", refusal);
    }

    @Test
    void version_and_password_may_be_anything() throws MarshallingException {
        ConnectRequest odd = new ConnectRequest(7, -1, -5, -1, null, true, true);

        ConnectRequest read = ConnectRequest.read(readerOfFrame(written(odd::writeFrame)));

        assertEquals(Described.of(odd), Described.of(read));
        assertTrue(read.readOnly());
    }

    private static byte[] withoutLastByte(byte[] frame) {
        byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
        shorter[3]--;
        return shorter;
    }
}
