package io.pando.zab.sim;

import io.pando.zab.message.Frame;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.MalformedMessageException;
import io.pando.zab.message.Message;
import io.pando.zab.message.MessageCodec;
import java.nio.ByteBuffer;

/** The way of a message through the codec of production: it arrives as what its bytes say, which must be what was sent. */
public final class SimWire {
    private static final int LIMIT_BYTES = 1024 * 1024;

    private final MessageCodec codec = new MessageCodec(new FrameLimits(LIMIT_BYTES, LIMIT_BYTES));

    public Message carried(Message sent) {
        Frame frame = codec.encode(sent);
        ByteBuffer bytes = ByteBuffer.allocate(frame.lengthBytes());
        bytes.put(frame.head()).put(frame.tail()).flip();
        if (bytes.getInt() != bytes.remaining()) {
            throw new SimFailure("The length of " + sent + " is wrong");
        }
        Message arrived;
        try {
            arrived = codec.decode(bytes);
        } catch (MalformedMessageException e) {
            throw new SimFailure(sent + " can't be read: " + e.getMessage());
        }
        if (!isSame(sent, arrived)) {
            throw new SimFailure(sent + " arrives as " + arrived);
        }
        return arrived;
    }

    private static boolean isSame(Message sent, Message arrived) {
        if (sent instanceof Message.Append one && arrived instanceof Message.Append other) {
            return one.epoch() == other.epoch()
                    && one.commitZxid() == other.commitZxid()
                    && one.probe() == other.probe()
                    && one.records().prevZxid() == other.records().prevZxid()
                    && one.records().lastZxid() == other.records().lastZxid()
                    && one.records().count() == other.records().count()
                    && one.records().bytes().equals(other.records().bytes());
        }
        return sent.equals(arrived);
    }
}
