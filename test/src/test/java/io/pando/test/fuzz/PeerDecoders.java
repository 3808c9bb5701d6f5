package io.pando.test.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.fuzz.Decoder.Memory;
import io.pando.zab.message.Frame;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.MalformedMessageException;
import io.pando.zab.message.Message;
import io.pando.zab.message.MessageCodec;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What servers read of one another, and the memberships in it. */
final class PeerDecoders {
    private static final List<String> MESSAGES = List.of(
            "ack-epoch",
            "ack",
            "answer",
            "append-nothing",
            "append",
            "barrier-passed",
            "barrier",
            "handover",
            "join",
            "new-epoch",
            "notification-following",
            "notification-leading",
            "notification-looking",
            "notification-observing",
            "reject-ahead",
            "reject-not-leading",
            "request",
            "sync-diff",
            "sync-snap",
            "sync-trunc",
            "up-to-date");

    private static final MessageCodec CODEC = new MessageCodec(FrameLimits.DEFAULT);

    private PeerDecoders() {}

    static List<Decoder> all() {
        return List.of(message(), greeting(), membership());
    }

    private static Decoder message() {
        List<byte[]> seeds = new ArrayList<>();
        MESSAGES.forEach(name -> seeds.add(withoutLength(golden(name))));
        return Decoder.of(
                        "peer-message",
                        seeds,
                        input -> CODEC.decode(ByteBuffer.wrap(input)),
                        new Memory(64), // a membership is text, and its lines are matched by a pattern
                        Set.of(MalformedMessageException.class))
                .writtenBy(value -> withoutLength(bytesOf(CODEC.encode((Message) value))));
    }

    private static Decoder greeting() {
        return Decoder.of(
                        "peer-greeting",
                        List.of(withoutLength(golden("greeting"))),
                        input -> Greeting.decode(ByteBuffer.wrap(input)),
                        new Memory(16),
                        Set.of(MalformedMessageException.class))
                .writtenBy(value -> withoutLength(bytesOf(((Greeting) value).encode())));
    }

    private static Decoder membership() {
        String text = """
            server.1=one.example:2888:3888:participant;2181
            weight.1=2
            group.1=1
            data.1=11112222-3333-4444-8555-666677778888
            server.2=[::1]:2888:3888:observer
            """;
        return Decoder.of(
                        "membership",
                        List.of(text.getBytes(UTF_8)),
                        input -> MembershipRecords.named(7, RecordType.CONFIG, ByteBuffer.wrap(input)),
                        new Memory(64),
                        Set.of(IllegalArgumentException.class))
                .writtenBy(value -> ((Membership) value).text().getBytes(UTF_8));
    }

    private static byte[] golden(String name) {
        try (InputStream in = PeerDecoders.class.getResourceAsStream("/golden/messages/" + name + ".hex")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytesOf(ByteBuffer encoded) {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static byte[] bytesOf(Frame frame) {
        byte[] bytes = new byte[frame.lengthBytes()];
        ByteBuffer.wrap(bytes).put(frame.head().duplicate()).put(frame.tail().duplicate());
        return bytes;
    }

    private static byte[] withoutLength(byte[] frame) {
        return Arrays.copyOfRange(frame, Integer.BYTES, frame.length);
    }
}
