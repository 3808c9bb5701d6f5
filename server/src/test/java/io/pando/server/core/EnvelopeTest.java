package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.datatree.Txn;
import io.pando.datatree.encoding.MalformedTxnException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private final Envelope.Codec codec = new Envelope.Codec();

    @Test
    void what_is_decoded_stays_as_it_is_while_others_are_decoded() {
        Envelope first = decoded(encoded("/a", 3_000));
        Envelope second = decoded(encoded("/b", 5_000_000));
        Envelope third = decoded(encoded("/c", 10));

        assertSet("/a", 3_000, first);
        assertSet("/b", 5_000_000, second);
        assertSet("/c", 10, third);
    }

    @Test
    void a_payload_that_is_cut_short_is_refused_though_a_longer_one_was_decoded_before() {
        ByteBuffer whole = encoded("/a", 1_000);
        decoded(whole.duplicate());

        for (int length = 0; length < whole.remaining(); length++) {
            ByteBuffer cut = whole.slice(0, length);
            assertThrows(MalformedTxnException.class, () -> decoded(cut), length + " bytes");
        }
    }

    private Envelope decoded(ByteBuffer payload) {
        return codec.decode(payload);
    }

    private static ByteBuffer encoded(String path, int length) {
        return new Envelope.Codec().encode(new Envelope(1, 2, 3, 4, 5, new Txn.SetData(path, data(path, length), 7)));
    }

    private static byte[] data(String path, int length) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) path.charAt(1));
        return data;
    }

    private static void assertSet(String path, int length, Envelope envelope) {
        assertEquals(new Envelope(1, 2, 3, 4, 5, envelope.txn()), envelope);
        Txn.SetData set = (Txn.SetData) envelope.txn();
        assertEquals(path, set.path());
        assertEquals(ByteBuffer.wrap(data(path, length)), ByteBuffer.wrap(set.data()));
    }
}
