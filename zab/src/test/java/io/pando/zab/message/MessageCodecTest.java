package io.pando.zab.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The format that servers of different versions speak with one another. */
class MessageCodecTest {
    private static final MessageCodec CODEC = new MessageCodec(FrameLimits.DEFAULT);

    static Set<String> names() {
        return GoldenMessages.BY_NAME.keySet();
    }

    @Test
    void every_kind_of_message_has_a_golden_file() {
        Set<Class<?>> golden =
                GoldenMessages.BY_NAME.values().stream().map(Message::getClass).collect(Collectors.toSet());

        assertEquals(Set.of(Message.class.getPermittedSubclasses()), golden);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_is_encoded_as_its_golden_file_says(String name) {
        Frame frame = CODEC.encode(GoldenMessages.named(name));

        assertArrayEquals(GoldenMessages.file(name), GoldenMessages.bytesOf(frame));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_golden_file_says_its_message(String name) throws MalformedMessageException {
        byte[] golden = GoldenMessages.file(name);

        Message message = CODEC.decode(GoldenMessages.body(golden));

        assertEquals(GoldenMessages.named(name).toString(), message.toString());
        assertArrayEquals(golden, GoldenMessages.bytesOf(CODEC.encode(message)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_that_ends_early_anywhere_is_refused_or_is_a_shorter_one(String name) {
        byte[] golden = GoldenMessages.file(name);
        Message message = GoldenMessages.named(name);
        boolean endsWithItsFrame = message instanceof Message.Request || message instanceof Message.Answer;

        int refused = 0;
        for (int length = 0; length < golden.length - Integer.BYTES; length++) {
            ByteBuffer cut = ByteBuffer.wrap(golden, Integer.BYTES, length);
            try {
                CODEC.decode(cut);
            } catch (MalformedMessageException expected) {
                refused++;
            }
        }

        assertEquals(endsWithItsFrame ? 1 + Integer.BYTES : golden.length - Integer.BYTES, refused);
    }

    @Test
    void a_frame_may_be_as_long_as_a_full_batch_with_one_more_record_and_not_longer() throws MalformedMessageException {
        FrameLimits limits = new FrameLimits(1000, 200);

        limits.check(1200);
        limits.check(limits.maxFrameBytes());
        assertThrows(MalformedMessageException.class, () -> limits.check(limits.maxFrameBytes() + 1));
        assertThrows(MalformedMessageException.class, () -> limits.check(0));
        assertThrows(MalformedMessageException.class, () -> limits.check(-1));
        assertThrows(MalformedMessageException.class, () -> limits.check(Integer.MIN_VALUE));
    }

    @Test
    void servers_whose_clients_ask_for_no_more_than_64_mebibytes_have_the_same_limits() {
        assertEquals(FrameLimits.DEFAULT, FrameLimits.forRequestsOf(1024));
        assertEquals(FrameLimits.DEFAULT, FrameLimits.forRequestsOf(64 << 20));

        assertEquals(100 << 20, FrameLimits.forRequestsOf(100 << 20).recordBytes());
    }

    @Test
    void what_a_peer_would_refuse_is_not_sent() {
        FrameLimits limits = new FrameLimits(1000, 200);
        Message tooLong = new Message.Request(1, ByteBuffer.allocate(limits.maxFrameBytes()));

        assertThrows(IllegalArgumentException.class, () -> new MessageCodec(limits).encode(tooLong));
    }

    @Test
    void records_are_sent_as_they_are_and_received_into_memory_of_their_own() throws MalformedMessageException {
        byte[] payload = {1, 2, 3};
        Records records = Records.of(Zxid.of(1, 1), Zxid.of(1, 2), RecordType.TXN, ByteBuffer.wrap(payload));
        byte[] frame = GoldenMessages.bytesOf(CODEC.encode(new Message.Append(1, records, 0, 0)));

        Message.Append received = (Message.Append) CODEC.decode(GoldenMessages.body(frame));
        frame[frame.length - 1] = 9;

        assertEquals(records.bytes(), received.records().bytes());
        assertTrue(received.records().bytes().isReadOnly());
    }

    @Test
    void a_refusal_names_what_is_wrong() {
        assertRefused("No message has the number 15", 15);
        assertRefused("No reason to reject has the number 3", MessageCodec.REJECT, 3);
        assertRefused("1 bytes after a Reject", MessageCodec.REJECT, 1, 0);
        assertRefused(
                "A message that ends 4 bytes too early, in a field of 8",
                MessageCodec.UP_TO_DATE,
                0,
                0,
                0,
                8,
                0,
                0,
                0,
                1);
    }

    @Test
    void a_membership_has_one_spelling() {
        byte[] golden = GoldenMessages.file("notification-leading");
        String text = new String(golden, StandardCharsets.ISO_8859_1);
        golden[text.indexOf("weight.2=2") + "weight.2=".length()] = '1';

        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> CODEC.decode(GoldenMessages.body(golden)));
        assertEquals("A membership that no server would write", refused.getMessage());
    }

    private static void assertRefused(String why, int... bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            frame.put((byte) value);
        }
        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> CODEC.decode(frame.flip()));
        assertEquals(why, refused.getMessage());
    }
}
