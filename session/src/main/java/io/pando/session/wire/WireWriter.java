package io.pando.session.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pando.datatree.Acl;
import io.pando.datatree.Stat;
import io.pando.datatree.Znode;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a frame at the writer's position of a buffer: the counterpart of {@link WireReader}. Many frames
 * may go into one buffer, each between {@link #beginFrame} and {@link #endFrame}. Used on the thread that owns the
 * buffer.
 */
public final class WireWriter {
    /** Data of so many bytes is long. */
    public static final int LONG_BYTES = 4096;

    private static final int NULL = -1;
    private static final int USUAL_NAMES_ARE_BELOW_BYTES = 256;

    private final ByteBuf out;
    private final @Nullable Aside aside;

    /** Where long data is left by a writer that is to copy none of it. */
    public interface Aside {
        /**
         * Takes data that belongs behind everything that was written so far.
         *
         * @param at where the writer stands in its buffer
         * @param bytes that nobody changes any more
         */
        void take(int at, byte[] bytes);
    }

    public WireWriter(ByteBuf out) {
        this.out = out;
        this.aside = null;
    }

    /** Copies no data of {@link #LONG_BYTES} or more. The lengths of frames, which {@link #endFrame} writes, are without it. */
    public WireWriter(ByteBuf out, Aside aside) {
        this.out = out;
        this.aside = aside;
    }

    /** Starts a frame; what it returns is for {@link #endFrame}. */
    public int beginFrame() {
        return Frames.begin(out);
    }

    public void endFrame(int start) {
        Frames.end(out, start);
    }

    public void writeBoolean(boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    public void writeInt(int value) {
        out.writeInt(value);
    }

    public void writeLong(long value) {
        out.writeLong(value);
    }

    public void writeBuffer(byte @Nullable [] bytes) {
        if (bytes == null) {
            out.writeInt(NULL);
            return;
        }
        out.writeInt(bytes.length);
        if (aside != null && bytes.length >= LONG_BYTES) {
            aside.take(out.writerIndex(), bytes);
        } else {
            out.writeBytes(bytes);
        }
    }

    /** Real UTF-8, also for characters above U+FFFF, which ZooKeeper's own writer does not manage. */
    public void writeString(@Nullable String text) {
        if (text == null) {
            out.writeInt(NULL);
            return;
        }
        int lengthIndex = out.writerIndex();
        out.writeInt(0);
        out.setInt(lengthIndex, ByteBufUtil.writeUtf8(out, text));
    }

    public void writeStrings(Collection<String> strings) {
        out.writeInt(strings.size());
        for (String text : strings) {
            writeString(text);
        }
    }

    /** Writes what {@link #writeStrings} would write of the names of these, without a String for any. */
    public void writeNames(int count, Iterator<Znode> znodes) {
        out.writeInt(count);
        byte[] name = new byte[USUAL_NAMES_ARE_BELOW_BYTES];
        while (znodes.hasNext()) {
            Znode znode = znodes.next();
            name = znode.copyName(name);
            out.writeInt(znode.nameLengthBytes());
            out.writeBytes(name, 0, znode.nameLengthBytes());
        }
    }

    /** An entry that is null is written as one without scheme and id, which is how {@link WireReader} reads it. */
    public void writeAcls(@Nullable Collection<? extends @Nullable Acl> acls) {
        if (acls == null) {
            out.writeInt(NULL);
            return;
        }
        out.writeInt(acls.size());
        for (Acl acl : acls) {
            out.writeInt(acl == null ? 0 : acl.perms());
            writeString(acl == null ? null : acl.id().scheme());
            writeString(acl == null ? null : acl.id().id());
        }
    }

    public void writeStat(Stat stat) {
        out.writeLong(stat.czxid());
        out.writeLong(stat.mzxid());
        out.writeLong(stat.ctime());
        out.writeLong(stat.mtime());
        out.writeInt(stat.version());
        out.writeInt(stat.cversion());
        out.writeInt(stat.aversion());
        out.writeLong(stat.ephemeralOwner());
        out.writeInt(stat.dataLength());
        out.writeInt(stat.numChildren());
        out.writeLong(stat.pzxid());
    }
}
