package io.pando.datatree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One that is persistent and as it was created: all that it doesn't keep follows from that. */
final class UnchangedZnode extends Znode {
    UnchangedZnode(byte[] name, byte @Nullable [] data, List<Acl> acl, long czxid, long ctime) {
        super(name, data, acl, czxid, ctime);
    }

    @Override
    @Nullable
    Children family() {
        return null;
    }

    @Override
    public long mzxid() {
        return czxid();
    }

    @Override
    public long mtime() {
        return ctime();
    }

    @Override
    public long owner() {
        return Owner.PERSISTENT;
    }

    @Override
    public int version() {
        return 0;
    }

    @Override
    public int aversion() {
        return 0;
    }
}
