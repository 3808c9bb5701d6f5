package io.pando.zab.message;

import io.pando.zab.message.Message.Ack;
import io.pando.zab.message.Message.AckEpoch;
import io.pando.zab.message.Message.Answer;
import io.pando.zab.message.Message.Append;
import io.pando.zab.message.Message.Barrier;
import io.pando.zab.message.Message.BarrierPassed;
import io.pando.zab.message.Message.Handover;
import io.pando.zab.message.Message.Join;
import io.pando.zab.message.Message.NewEpoch;
import io.pando.zab.message.Message.Notification;
import io.pando.zab.message.Message.Reject;
import io.pando.zab.message.Message.Request;
import io.pando.zab.message.Message.Sync;
import io.pando.zab.message.Message.UpToDate;
import io.pando.zab.model.Membership;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Messages as bytes: {@code u32 length | u8 type | fields | what it carries along}, big-endian. Every message has exactly one
 * encoding. Stateless; any thread.
 *
 * <p>Encoding is here, field by field; {@link MessageReader} is its mirror image. The numbers below and the order of the
 * fields are spoken by servers of different versions at once: golden files keep them from changing unnoticed.
 */
public final class MessageCodec {
    static final byte NOTIFICATION = 1;
    static final byte JOIN = 2;
    static final byte NEW_EPOCH = 3;
    static final byte ACK_EPOCH = 4;
    static final byte SYNC = 5;
    static final byte APPEND = 6;
    static final byte ACK = 7;
    static final byte UP_TO_DATE = 8;
    static final byte REQUEST = 9;
    static final byte ANSWER = 10;
    static final byte BARRIER = 11;
    static final byte BARRIER_PASSED = 12;
    static final byte HANDOVER = 13;
    static final byte REJECT = 14;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final byte[] NO_TEXT = {};
    private static final int LENGTH_AND_TYPE_BYTES = Integer.BYTES + 1;
    private static final int UUID_BYTES = 2 * Long.BYTES;

    private final FrameLimits limits;

    public MessageCodec(FrameLimits limits) {
        this.limits = limits;
    }

    /**
     * A message as bytes.
     *
     * @throws IllegalArgumentException if it is longer than a peer would take
     */
    public Frame encode(Message message) {
        Frame frame = frameOf(message);
        int lengthBytes = frame.lengthBytes() - Integer.BYTES;
        if (lengthBytes > limits.maxFrameBytes()) {
            throw new IllegalArgumentException("A message of " + lengthBytes + " bytes, more than the allowed "
                    + limits.maxFrameBytes() + ": " + message.getClass().getSimpleName());
        }
        frame.head().putInt(0, lengthBytes);
        return frame;
    }

    /**
     * Reads a message from what follows the length of a frame, position to limit. The bytes are copied: they may be used for
     * something else afterwards.
     *
     * @throws MalformedMessageException if it is not exactly one message
     */
    public Message decode(ByteBuffer frame) throws MalformedMessageException {
        limits.check(frame.remaining());
        return new MessageReader(frame.duplicate()).message();
    }

    private static Frame frameOf(Message message) {
        return switch (message) {
            case Notification it -> notification(it);
            case Join it -> {
                ByteBuffer out = head(JOIN, Integer.BYTES + Long.BYTES + UUID_BYTES + Long.BYTES);
                out.putInt(it.acceptedEpoch()).putLong(it.acceptedLeader());
                out.putLong(it.clusterId().getMostSignificantBits());
                out.putLong(it.clusterId().getLeastSignificantBits());
                yield whole(out.putLong(it.zxid()));
            }
            case NewEpoch it -> {
                ByteBuffer out = head(NEW_EPOCH, it, UUID_BYTES);
                out.putLong(it.clusterId().getMostSignificantBits());
                yield whole(out.putLong(it.clusterId().getLeastSignificantBits()));
            }
            case AckEpoch it -> {
                int tableBytes = Integer.BYTES + it.epochs().lastZxids().size() * Long.BYTES;
                ByteBuffer out = head(ACK_EPOCH, it, 3 * Long.BYTES + tableBytes);
                out.putLong(it.zxid()).putLong(it.lastZxid()).putLong(it.commitZxid());
                it.epochs().encode(out);
                yield whole(out);
            }
            case Sync it ->
                whole(head(SYNC, it, 1 + Long.BYTES)
                        .put(WireCodes.of(it.mode()))
                        .putLong(it.base()));
            case Append it -> append(it);
            case Ack it -> {
                ByteBuffer out = head(ACK, it, 2 * Long.BYTES + 1);
                yield whole(out.putLong(it.zxid()).putLong(it.probe()).put(WireCodes.of(it.writable())));
            }
            case UpToDate it -> whole(head(UP_TO_DATE, it, Long.BYTES).putLong(it.zxid()));
            case Request it -> carrying(head(REQUEST, it, 0), it.payload().duplicate());
            case Answer it -> carrying(head(ANSWER, it, 0), it.payload().duplicate());
            case Barrier it -> whole(head(BARRIER, it, Long.BYTES).putLong(it.id()));
            case BarrierPassed it ->
                whole(head(BARRIER_PASSED, it, 3 * Long.BYTES)
                        .putLong(it.id())
                        .putLong(it.zxid())
                        .putLong(it.ordinal()));
            case Handover it -> whole(head(HANDOVER, it, Long.BYTES).putLong(it.successor()));
            case Reject it -> whole(head(REJECT, 1).put(WireCodes.of(it.reason())));
        };
    }

    private static Frame notification(Notification it) {
        Membership membership = it.membership();
        byte[] text = textOf(membership);
        int membershipBytes = membership == null ? 1 : 1 + Long.BYTES + Integer.BYTES + text.length;
        ByteBuffer out = head(NOTIFICATION, 1 + 4 * Long.BYTES + Integer.BYTES + 1 + membershipBytes);
        out.put(WireCodes.of(it.state())).putLong(it.round());
        out.putLong(it.vote().zxid()).putLong(it.vote().leader());
        out.putLong(it.leader()).putInt(it.leaderEpoch());
        out.put(WireCodes.of(it.established()));
        out.put(WireCodes.of(membership != null));
        if (membership != null) {
            out.putLong(membership.version()).putInt(text.length).put(text);
        }
        return whole(out);
    }

    private static byte[] textOf(@Nullable Membership membership) {
        return membership == null ? NO_TEXT : membership.text().getBytes(StandardCharsets.UTF_8);
    }

    private static Frame append(Append it) {
        ByteBuffer out = head(APPEND, it, 3 * Long.BYTES + Integer.BYTES);
        out.putLong(it.commitZxid()).putLong(it.probe());
        out.putLong(it.records().prevZxid()).putInt(it.records().count());
        return carrying(out, it.records().bytes());
    }

    /** Room for a head; its length is filled in at the end. */
    private static ByteBuffer head(byte type, int fieldBytes) {
        return ByteBuffer.allocate(LENGTH_AND_TYPE_BYTES + fieldBytes).putInt(0).put(type);
    }

    private static ByteBuffer head(byte type, Message inAnEpoch, int fieldBytes) {
        return head(type, Integer.BYTES + fieldBytes).putInt(inAnEpoch.epoch());
    }

    private static Frame whole(ByteBuffer head) {
        return carrying(head, NOTHING.duplicate());
    }

    private static Frame carrying(ByteBuffer head, ByteBuffer tail) {
        return new Frame(head.flip(), tail);
    }
}
