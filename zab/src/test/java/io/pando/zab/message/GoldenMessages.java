package io.pando.zab.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.zab.message.Message.Refusal;
import io.pando.zab.message.Message.State;
import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** Messages of every kind, by the name of the file that says how each is encoded. */
final class GoldenMessages {
    static final UUID CLUSTER = new UUID(0x0123456789abcdefL, 0x8edcba9876543210L);
    static final UUID DATA = new UUID(0x1111222233334444L, 0x8555666677778888L);
    static final Map<String, Message> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("notification-looking", looking()),
            Map.entry("notification-leading", leading()),
            Map.entry("notification-following", following()),
            Map.entry("notification-observing", observing()),
            Map.entry("join", new Message.Join(7, 3, CLUSTER, Zxid.of(6, 42))),
            Map.entry("new-epoch", new Message.NewEpoch(8, CLUSTER)),
            Map.entry("ack-epoch", ackEpoch()),
            Map.entry("sync-diff", new Message.Sync(8, SyncMode.DIFF, Zxid.of(6, 42))),
            Map.entry("sync-trunc", new Message.Sync(8, SyncMode.TRUNC, Zxid.of(6, 40))),
            Map.entry("sync-snap", new Message.Sync(8, SyncMode.SNAP, Zxid.of(5, 9))),
            Map.entry("append", new Message.Append(8, records(), Zxid.of(6, 41), 99)),
            Map.entry("append-nothing", heartbeat()),
            Map.entry("ack", new Message.Ack(8, Zxid.of(8, 3), 100, true)),
            Map.entry("ack-full-disk", new Message.Ack(8, Zxid.of(8, 3), 101, false)),
            Map.entry("up-to-date", new Message.UpToDate(8, Zxid.of(8, 2))),
            Map.entry("request", new Message.Request(8, bytes("a request"))),
            Map.entry("answer", new Message.Answer(8, bytes("an answer"))),
            Map.entry("barrier", new Message.Barrier(8, 0x1234_5678_9abcL)),
            Map.entry("barrier-passed", new Message.BarrierPassed(8, 0x1234_5678_9abcL, Zxid.of(8, 3), 0x8_0000_0002L)),
            Map.entry("handover", new Message.Handover(8, 2)),
            Map.entry("reject-not-leading", new Message.Reject(Refusal.NOT_LEADING)),
            Map.entry("reject-ahead", new Message.Reject(Refusal.AHEAD))));

    static final Greeting GREETING =
            new Greeting(Greeting.Purpose.MESSAGES, 1, new Hello(CLUSTER, 3, DATA, 77, 0x0400_0000, listed()));

    private GoldenMessages() {}

    static Message named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), name);
    }

    static byte[] file(String name) {
        try (InputStream in = GoldenMessages.class.getResourceAsStream("/golden/messages/" + name + ".hex")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A frame in one piece. */
    static byte[] bytesOf(Frame frame) {
        byte[] bytes = new byte[frame.lengthBytes()];
        ByteBuffer.wrap(bytes).put(frame.head().duplicate()).put(frame.tail().duplicate());
        return bytes;
    }

    /** What follows the length of a frame. */
    static ByteBuffer body(byte[] frame) {
        return ByteBuffer.wrap(frame, Integer.BYTES, frame.length - Integer.BYTES);
    }

    private static ListedMembers listed() {
        return new ListedMembers(new TreeMap<>(Map.of(1L, 0x1a2b3c4d, 3L, 0x5e6f7081)));
    }

    private static Message looking() {
        return new Message.Notification(State.LOOKING, 5, new Vote(Zxid.of(6, 42), 3), -1, 0, false, null);
    }

    private static Message leading() {
        Membership membership = new Membership(
                Zxid.of(4, 1),
                List.of(
                        Member.parse(1, "one.example:2888:3888;2181").withData(DATA),
                        Member.parse(2, "[::1]:2888:3888:participant")
                                .withWeight(2)
                                .inGroup(1),
                        Member.parse(3, "10.0.0.3:2888:3888:observer;0.0.0.0:2181")));
        return new Message.Notification(State.LEADING, 6, new Vote(Zxid.of(7, 1), 3), 3, 8, true, membership);
    }

    private static Message following() {
        return new Message.Notification(State.FOLLOWING, 6, Vote.NONE, 3, 8, false, null);
    }

    private static Message observing() {
        return new Message.Notification(State.OBSERVING, 0, Vote.NONE, 3, 8, false, null);
    }

    private static Message ackEpoch() {
        EpochTable epochs = new EpochTable(List.of(Zxid.of(1, 17), Zxid.of(4, 0), Zxid.of(5, -1)));
        return new Message.AckEpoch(8, Zxid.of(6, 50), Zxid.of(6, 42), epochs, Zxid.of(6, 41));
    }

    private static Message heartbeat() {
        return new Message.Append(8, new Records.Builder(Zxid.of(8, 3)).build(), Zxid.of(8, 3), 101);
    }

    static Records records() {
        Records.Builder records = new Records.Builder(Zxid.of(6, 42));
        records.append(Zxid.of(8, 0), RecordType.MARKER, bytes(""));
        records.append(Zxid.of(8, 1), RecordType.TXN, bytes("create /a"));
        records.append(Zxid.of(8, 2), RecordType.CONFIG, bytes("server.1=…"));
        records.append(Zxid.of(8, 3), RecordType.ACTIVATE, bytes("2"));
        return records.build();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    }
}
