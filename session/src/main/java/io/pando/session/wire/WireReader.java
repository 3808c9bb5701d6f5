package io.pando.session.wire;

import io.netty.buffer.ByteBuf;
import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one frame, from the reader's position of a buffer up to the frame's end. What lies behind the
 * end belongs to another frame and is never touched, and no length or count is believed, let alone allocated for,
 * before it was seen to fit into the bytes that are left. Used on the thread that owns the buffer.
 */
public final class WireReader {
    private static final int MIN_STRING_BYTES = 4;
    private static final int MIN_ACL_BYTES = 12;
    private static final int STAT_BYTES = 68;

    private final ByteBuf in;
    private final int end;

    /**
     * A reader of what is between the reader's position of {@code in} and {@code end}.
     *
     * @param end an absolute index, at most {@code in.writerIndex()}
     */
    public WireReader(ByteBuf in, int end) {
        if (end < in.readerIndex() || end > in.writerIndex()) {
            throw new IndexOutOfBoundsException(
                    "A frame to " + end + " is not within " + in.readerIndex() + " and " + in.writerIndex());
        }
        this.in = in;
        this.end = end;
    }

    /** A reader of everything that {@code in} holds. */
    public WireReader(ByteBuf in) {
        this(in, in.writerIndex());
    }

    public int remaining() {
        return end - in.readerIndex();
    }

    /** Steps over what nobody asked for: newer clients may append fields that we do not know. */
    public void skipRest() {
        in.readerIndex(end);
    }

    public boolean readBoolean() throws MarshallingException {
        require(1);
        return in.readByte() != 0;
    }

    public int readInt() throws MarshallingException {
        require(4);
        return in.readInt();
    }

    public long readLong() throws MarshallingException {
        require(8);
        return in.readLong();
    }

    /** Bytes of their own, or null: null and empty are two different things, and znodes keep them apart. */
    public byte @Nullable [] readBuffer() throws MarshallingException {
        int lengthBytes = readLength();
        if (lengthBytes < 0) {
            return null;
        }
        byte[] bytes = new byte[lengthBytes];
        in.readBytes(bytes);
        return bytes;
    }

    public String readString() throws MarshallingException {
        String text = readNullableString();
        if (text == null) {
            throw new MarshallingException("A null string where a value is needed");
        }
        return text;
    }

    public @Nullable String readNullableString() throws MarshallingException {
        int lengthBytes = readLength();
        if (lengthBytes < 0) {
            return null;
        }
        int start = in.readerIndex();
        in.skipBytes(lengthBytes);
        String text = in.toString(start, lengthBytes, StandardCharsets.UTF_8);
        // Java clients write a supplementary character as two three-byte surrogates, which UTF-8 does not allow. The
        // decoder leaves replacement characters where they were; looking for one is free in a Latin-1 string.
        return text.indexOf('\uFFFD') < 0 ? text : SurrogatePairs.decode(in, start, lengthBytes);
    }

    /** The strings of a vector that must not be null. */
    public List<String> readStrings() throws MarshallingException {
        int count = readCount(MIN_STRING_BYTES);
        if (count < 0) {
            throw new MarshallingException("A null vector where a list is needed");
        }
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(readString());
        }
        return strings;
    }

    /**
     * An ACL as a request carries it: a null list and entries that are none (they have no scheme) are left to the
     * server, which answers InvalidACL where other checks did not come first.
     */
    public @Nullable List<@Nullable Acl> readAcls() throws MarshallingException {
        int count = readCount(MIN_ACL_BYTES);
        if (count < 0) {
            return null;
        }
        List<@Nullable Acl> acls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            acls.add(readAcl());
        }
        return acls;
    }

    private @Nullable Acl readAcl() throws MarshallingException {
        int perms = readInt();
        String scheme = readNullableString();
        String id = readNullableString();
        if (scheme == null) {
            return null;
        }
        if (id != null) {
            return new Acl(perms, new Id(scheme, id));
        }
        // The id of the auth scheme stands for nothing: the connection's own identities replace it.
        if (scheme.equals("auth")) {
            return new Acl(perms, new Id(scheme, ""));
        }
        throw new MarshallingException("An ACL of scheme " + scheme + " without an id");
    }

    public Stat readStat() throws MarshallingException {
        require(STAT_BYTES);
        return new Stat(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readLong());
    }

    /**
     * The count in front of a vector: -1 for a null vector, else 0 or more. As ZooKeeper does, any other negative count
     * is taken for an empty vector.
     *
     * @param elementBytes the fewest bytes that one element can have
     */
    public int readCount(int elementBytes) throws MarshallingException {
        int count = readInt();
        if (count < 0) {
            return count == -1 ? -1 : 0;
        }
        if (count > remaining() / elementBytes) {
            throw new MarshallingException(
                    "Unreasonable count = " + count + "; " + remaining() + " bytes of the frame are left");
        }
        return count;
    }

    /** The length of a string or buffer that is present, or -1. */
    private int readLength() throws MarshallingException {
        int lengthBytes = readInt();
        if (lengthBytes < -1 || lengthBytes > remaining()) {
            throw new MarshallingException(
                    "Unreasonable length = " + lengthBytes + "; " + remaining() + " bytes of the frame are left");
        }
        return lengthBytes;
    }

    private void require(int bytes) throws MarshallingException {
        if (remaining() < bytes) {
            throw new MarshallingException(
                    "The frame ends " + (bytes - remaining()) + " bytes before the value it should hold");
        }
    }
}
