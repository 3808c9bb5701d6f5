package io.pando.datatree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One that was changed, has or had children, or is not persistent. */
final class ChangedZnode extends Znode {
    private final @Nullable Children children;
    private final long mzxid;
    private final long mtime;
    private final long owner;
    private final int version;
    private final int aversion;

    ChangedZnode(
            byte[] name,
            byte @Nullable [] data,
            List<Acl> acl,
            @Nullable Children children,
            long czxid,
            long mzxid,
            long ctime,
            long mtime,
            long owner,
            int version,
            int aversion) {
        super(name, data, acl, czxid, ctime);
        this.children = children;
        this.mzxid = mzxid;
        this.mtime = mtime;
        this.owner = owner;
        this.version = version;
        this.aversion = aversion;
    }

    @Override
    @Nullable
    Children family() {
        return children;
    }

    @Override
    public long mzxid() {
        return mzxid;
    }

    @Override
    public long mtime() {
        return mtime;
    }

    @Override
    public long owner() {
        return owner;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int aversion() {
        return aversion;
    }
}
