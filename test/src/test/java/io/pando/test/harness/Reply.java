package io.pando.test.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One frame from the server: its header, and its body to be read field by field. */
public final class Reply {
    private final int xid;
    private final long zxid;
    private final int error;
    private final ByteBuffer body;

    /** A znode's bookkeeping, in the order of the wire. */
    public record StatFields(
            long czxid,
            long mzxid,
            long ctime,
            long mtime,
            int version,
            int cversion,
            int aversion,
            long ephemeralOwner,
            int dataLength,
            int numChildren,
            long pzxid) {}

    /** One result of a multi: its type, its error code, and what follows is read from the reply. */
    public record ResultHeader(int type, boolean done, int error) {}

    Reply(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        this.xid = buffer.getInt();
        this.zxid = buffer.getLong();
        this.error = buffer.getInt();
        this.body = buffer.slice();
    }

    private Reply(int xid, long zxid, int error, ByteBuffer body) {
        this.xid = xid;
        this.zxid = zxid;
        this.error = error;
        this.body = body;
    }

    /** The same reply, to be read from where this one stands without moving it. */
    public Reply copy() {
        return new Reply(xid, zxid, error, body.duplicate());
    }

    public int xid() {
        return xid;
    }

    public long zxid() {
        return zxid;
    }

    public int error() {
        return error;
    }

    public int int32() {
        return body.getInt();
    }

    public boolean bool() {
        return body.get() != 0;
    }

    public byte @Nullable [] buffer() {
        int length = body.getInt();
        if (length < 0) return null;
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    public @Nullable String text() {
        byte[] bytes = buffer();
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int left = body.getInt(); left > 0; left--) texts.add(String.valueOf(text()));
        return texts;
    }

    public List<Body.AclEntry> acl() {
        List<Body.AclEntry> acl = new ArrayList<>();
        for (int left = body.getInt(); left > 0; left--) acl.add(new Body.AclEntry(body.getInt(), text(), text()));
        return acl;
    }

    public StatFields stat() {
        return new StatFields(
                body.getLong(),
                body.getLong(),
                body.getLong(),
                body.getLong(),
                body.getInt(),
                body.getInt(),
                body.getInt(),
                body.getLong(),
                body.getInt(),
                body.getInt(),
                body.getLong());
    }

    public ResultHeader resultHeader() {
        return new ResultHeader(body.getInt(), bool(), body.getInt());
    }

    /** Bytes of the body that were not read yet. */
    public int remaining() {
        return body.remaining();
    }
}
