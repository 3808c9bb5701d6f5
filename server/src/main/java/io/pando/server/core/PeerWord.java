package io.pando.server.core;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Password;
import io.pando.datatree.Txn;
import io.pando.session.OpCode;
import io.pando.session.Request;
import io.pando.session.WriteRequest;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What servers say to one another about their clients, and about the trees that they have: requests to the leader, and its answers.
 * Client requests travel in the very form in which they came.
 */
sealed interface PeerWord {

    /**
     * A client's write.
     *
     * @param origin of the server it is attached to: {@link Envelope}
     */
    record Write(long origin, long request, Ask.Write ask) implements PeerWord {}

    /** A client's wish for a session. */
    record Begin(long origin, long request, Txn.CreateSession txn) implements PeerWord {}

    /**
     * The session belongs to a client of the server with this origin, unless it has moved since.
     *
     * @param ordinal of its attachment: {@link Owners.Owner}
     */
    record Attached(long origin, long sessionId, long ordinal) implements PeerWord {}

    /** These sessions were heard of since the last time. */
    record Heard(List<Long> sessionIds) implements PeerWord {}

    /** The leader will not propose what this request wants. */
    record Refused(long request, ErrorCode code) implements PeerWord {}

    /** The session belongs to a client of another server now. */
    record Moved(long sessionId) implements PeerWord {}

    /** The leader wants the digest of everybody's tree at this zxid. */
    record Compare(long zxid) implements PeerWord {}

    /**
     * The digest of a server's tree at a zxid it was asked about.
     *
     * @param version of the way in which it was made
     */
    record Fingerprint(long zxid, int version, long digest) implements PeerWord {}

    /** A quorum has this digest at a zxid, and the receiver has told another one. */
    record Outvoted(long zxid, long digest) implements PeerWord {}

    /** The leader has this digest at a zxid, the receiver has told another one, and no quorum agrees on any. */
    record Disputed(long zxid, long digest) implements PeerWord {}

    /** The encoded word, in memory of its own. */
    static ByteBuffer encode(PeerWord word) {
        ByteBuf bytes = Unpooled.buffer();
        WireWriter out = new WireWriter(bytes);
        switch (word) {
            case Write write -> {
                out.writeInt(1);
                out.writeLong(write.origin);
                out.writeLong(write.request);
                out.writeLong(write.ask.sessionId());
                out.writeInt(write.ask.xid());
                out.writeInt(write.ask.identities().size());
                for (Id id : write.ask.identities()) {
                    out.writeString(id.scheme());
                    out.writeString(id.id());
                }
                out.writeInt(write.ask.request().op().number());
                write.ask.request().write(out);
            }
            case Begin begin -> {
                out.writeInt(2);
                out.writeLong(begin.origin);
                out.writeLong(begin.request);
                out.writeLong(begin.txn.id());
                out.writeInt(begin.txn.timeoutMs());
                out.writeBuffer(begin.txn.password().bytes());
            }
            case Attached attached -> {
                out.writeInt(3);
                out.writeLong(attached.origin);
                out.writeLong(attached.sessionId);
                out.writeLong(attached.ordinal);
            }
            case Heard heard -> {
                out.writeInt(4);
                out.writeInt(heard.sessionIds.size());
                heard.sessionIds.forEach(out::writeLong);
            }
            case Refused refused -> {
                out.writeInt(5);
                out.writeLong(refused.request);
                out.writeInt(refused.code.code());
            }
            case Moved moved -> {
                out.writeInt(6);
                out.writeLong(moved.sessionId);
            }
            case Compare compare -> {
                out.writeInt(7);
                out.writeLong(compare.zxid);
            }
            case Fingerprint fingerprint -> {
                out.writeInt(8);
                out.writeLong(fingerprint.zxid);
                out.writeInt(fingerprint.version);
                out.writeLong(fingerprint.digest);
            }
            case Outvoted outvoted -> {
                out.writeInt(9);
                out.writeLong(outvoted.zxid);
                out.writeLong(outvoted.digest);
            }
            case Disputed disputed -> {
                out.writeInt(10);
                out.writeLong(disputed.zxid);
                out.writeLong(disputed.digest);
            }
        }
        return bytes.nioBuffer();
    }

    /**
     * Reads a word.
     *
     * @throws MarshallingException if the bytes are none
     */
    static PeerWord decode(ByteBuffer bytes) throws MarshallingException {
        WireReader in = new WireReader(Unpooled.wrappedBuffer(bytes));
        int kind = in.readInt();
        return switch (kind) {
            case 1 -> new Write(in.readLong(), in.readLong(), readWrite(in));
            case 2 -> new Begin(in.readLong(), in.readLong(), readSession(in));
            case 3 -> new Attached(in.readLong(), in.readLong(), in.readLong());
            case 4 -> new Heard(readLongs(in));
            case 5 -> new Refused(in.readLong(), requiredCode(in.readInt()));
            case 6 -> new Moved(in.readLong());
            case 7 -> new Compare(in.readLong());
            case 8 -> new Fingerprint(in.readLong(), in.readInt(), in.readLong());
            case 9 -> new Outvoted(in.readLong(), in.readLong());
            case 10 -> new Disputed(in.readLong(), in.readLong());
            default -> throw new MarshallingException("Servers say nothing of kind " + kind);
        };
    }

    private static Txn.CreateSession readSession(WireReader in) throws MarshallingException {
        long id = in.readLong();
        int timeoutMs = in.readInt();
        byte[] password = in.readBuffer();
        try {
            return new Txn.CreateSession(id, timeoutMs, Password.of(password));
        } catch (IllegalArgumentException e) {
            throw new MarshallingException("A session that can't be: " + e.getMessage());
        }
    }

    private static Ask.Write readWrite(WireReader in) throws MarshallingException {
        long sessionId = in.readLong();
        int xid = in.readInt();
        List<Id> identities = new ArrayList<>();
        for (int left = in.readCount(2 * Integer.BYTES); left > 0; left--) {
            identities.add(new Id(in.readString(), in.readString()));
        }
        OpCode op = OpCode.of(in.readInt());
        if (op != null && Request.read(op, in) instanceof WriteRequest write) {
            return new Ask.Write(sessionId, xid, identities, write);
        }
        throw new MarshallingException("A forwarded request that changes nothing: " + op);
    }

    private static List<Long> readLongs(WireReader in) throws MarshallingException {
        List<Long> all = new ArrayList<>();
        for (int left = in.readCount(Long.BYTES); left > 0; left--) {
            all.add(in.readLong());
        }
        return all;
    }

    private static ErrorCode requiredCode(int number) throws MarshallingException {
        ErrorCode code = ErrorCode.of(number);
        if (code == null) {
            throw new MarshallingException("No error has the number " + number);
        }
        return code;
    }
}
