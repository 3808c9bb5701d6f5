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
import io.pando.zab.message.Message.State;
import io.pando.zab.message.Message.Sync;
import io.pando.zab.message.Message.UpToDate;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message from bytes that nobody vouches for. No length is believed before that many bytes are seen to be there, so a
 * message costs no more memory than its frame.
 */
final class MessageReader {
    private final ByteBuffer in;

    /** Begins at the type of the message, and ends with it. */
    MessageReader(ByteBuffer in) {
        this.in = in;
    }

    Message message() throws MalformedMessageException {
        byte type = u8();
        Message message = switch (type) {
            case MessageCodec.NOTIFICATION -> notification();
            case MessageCodec.JOIN -> new Join(i32(), i64(), uuid(), i64());
            case MessageCodec.NEW_EPOCH -> new NewEpoch(i32(), uuid());
            case MessageCodec.ACK_EPOCH -> ackEpoch();
            case MessageCodec.SYNC -> new Sync(i32(), WireCodes.syncMode(u8()), i64());
            case MessageCodec.APPEND -> append();
            case MessageCodec.ACK -> new Ack(i32(), i64(), i64(), WireCodes.flag(u8()));
            case MessageCodec.UP_TO_DATE -> new UpToDate(i32(), i64());
            case MessageCodec.REQUEST -> new Request(i32(), rest());
            case MessageCodec.ANSWER -> new Answer(i32(), rest());
            case MessageCodec.BARRIER -> new Barrier(i32(), i64());
            case MessageCodec.BARRIER_PASSED -> new BarrierPassed(i32(), i64(), i64(), i64());
            case MessageCodec.HANDOVER -> new Handover(i32(), i64());
            case MessageCodec.REJECT -> new Reject(WireCodes.refusal(u8()));
            default -> throw new MalformedMessageException("No message has the number " + type);
        };
        if (in.hasRemaining()) {
            throw new MalformedMessageException(
                    in.remaining() + " bytes after a " + message.getClass().getSimpleName());
        }
        return message;
    }

    private Notification notification() throws MalformedMessageException {
        State state = WireCodes.state(u8());
        long round = i64();
        Vote vote = new Vote(i64(), i64());
        return new Notification(state, round, vote, i64(), i32(), WireCodes.flag(u8()), membership());
    }

    private @Nullable Membership membership() throws MalformedMessageException {
        if (!WireCodes.flag(u8())) {
            return null;
        }
        long version = i64();
        String text = text();
        Membership membership;
        try {
            membership = Membership.parse(version, text);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("A membership that can't be: " + e.getMessage(), e);
        }
        if (!membership.text().equals(text)) {
            throw new MalformedMessageException("A membership that no server would write");
        }
        return membership;
    }

    private AckEpoch ackEpoch() throws MalformedMessageException {
        int epoch = i32();
        long zxid = i64();
        long lastZxid = i64();
        long commitZxid = i64();
        return new AckEpoch(epoch, zxid, lastZxid, epochTable(), commitZxid);
    }

    private EpochTable epochTable() throws MalformedMessageException {
        int start = in.position();
        int count = i32();
        if (count < 0 || count > in.remaining() / Long.BYTES) {
            throw new MalformedMessageException("A table of " + count + " epochs in " + in.remaining() + " bytes");
        }
        try {
            return EpochTable.decode(in.position(start));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("A table of epochs that can't be: " + e.getMessage(), e);
        }
    }

    private Append append() throws MalformedMessageException {
        int epoch = i32();
        long commitZxid = i64();
        long probe = i64();
        long prevZxid = i64();
        int count = i32();
        try {
            return new Append(epoch, Records.decode(prevZxid, count, rest()), commitZxid, probe);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("Records that can't be: " + e.getMessage(), e);
        }
    }

    private byte u8() throws MalformedMessageException {
        return need(1).get();
    }

    private int i32() throws MalformedMessageException {
        return need(Integer.BYTES).getInt();
    }

    private long i64() throws MalformedMessageException {
        return need(Long.BYTES).getLong();
    }

    private UUID uuid() throws MalformedMessageException {
        return new UUID(i64(), i64());
    }

    private String text() throws MalformedMessageException {
        int lengthBytes = i32();
        if (lengthBytes < 0) {
            throw new MalformedMessageException("A text of " + lengthBytes + " bytes");
        }
        ByteBuffer bytes = need(lengthBytes).slice(in.position(), lengthBytes);
        in.position(in.position() + lengthBytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("A text that is not UTF-8", e);
        }
    }

    /** A copy of all that is left. */
    private ByteBuffer rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private ByteBuffer need(int bytes) throws MalformedMessageException {
        if (in.remaining() < bytes) {
            throw new MalformedMessageException(
                    "A message that ends " + (bytes - in.remaining()) + " bytes too early, in a field of " + bytes);
        }
        return in;
    }
}
