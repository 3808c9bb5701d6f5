package io.pando.datatree;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree at one moment: its data, its bookkeeping and, through it, everything below. Immutable, the array of
 * {@link #data} included: whoever holds it may read it and never writes to it. Millions of these live at once, so zxids,
 * times and the owner are plain numbers, and what only parents need is in {@link Children}.
 */
public final class Znode extends Keyed {
    private final byte @Nullable [] data;
    private final List<Acl> acl;
    private final @Nullable Children children;
    private final long czxid;
    private final long mzxid;
    private final long ctime;
    private final long mtime;
    private final long owner;
    private final int version;
    private final int aversion;

    Znode(
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
        super(name);
        this.data = data;
        this.acl = acl;
        this.children = children;
        this.czxid = czxid;
        this.mzxid = mzxid;
        this.ctime = ctime;
        this.mtime = mtime;
        this.owner = owner;
        this.version = version;
        this.aversion = aversion;
    }

    /**
     * A childless znode with all its bookkeeping, for {@link TreeBuilder} to build a tree from.
     *
     * @param name in UTF-8, not to be written to from now on
     * @throws IllegalArgumentException when {@code name} is no UTF-8, or has characters that don't fit into 16 bits
     */
    public static Znode restored(
            byte[] name,
            byte @Nullable [] data,
            List<Acl> acl,
            long czxid,
            long mzxid,
            long ctime,
            long mtime,
            long owner,
            int version,
            int aversion) {
        return new Znode(Utf8.checked(name), data, acl, null, czxid, mzxid, ctime, mtime, owner, version, aversion);
    }

    static Znode created(byte[] name, byte @Nullable [] data, List<Acl> acl, long owner, long zxid, long timeMs) {
        return new Znode(name, data, acl, null, zxid, zxid, timeMs, timeMs, owner, 0, 0);
    }

    /** The last part of the path; nothing for the root. Makes a String: see {@link #copyName} for many of them. */
    public String name() {
        return keyText();
    }

    /** How long the name is in UTF-8. */
    public int nameLengthBytes() {
        return key().length;
    }

    /** Copies the name, in UTF-8, to the beginning of {@code spare}, or of a longer array if that has no room. Returns which. */
    public byte[] copyName(byte[] spare) {
        byte[] target = key().length <= spare.length ? spare : new byte[2 * key().length];
        System.arraycopy(key(), 0, target, 0, key().length);
        return target;
    }

    /** The data, not to be written to. Null is not the same as empty: clients read back which of the two they wrote. */
    public byte @Nullable [] data() {
        return data;
    }

    public List<Acl> acl() {
        return acl;
    }

    /** What kind of znode this is, to be read with {@link Owner}. */
    public long owner() {
        return owner;
    }

    public Stat stat() {
        return new Stat(
                czxid,
                mzxid,
                ctime,
                mtime,
                version,
                cversion(),
                aversion,
                Owner.isEphemeral(owner) ? owner : 0,
                dataLength(),
                childCount(),
                pzxid());
    }

    public int childCount() {
        return children == null ? 0 : children.trie().size();
    }

    /** How many children were ever created here: the counter that names the next sequential child. */
    public int creations() {
        return children == null ? 0 : children.creations();
    }

    public @Nullable Znode child(String childName) {
        return Utf8.indexOfSurrogate(childName) >= 0 ? null : child(Utf8.encode(childName));
    }

    /** Visits the children, in an order that means nothing but is the same on every server. */
    public void forEachChild(Consumer<? super Znode> action) {
        if (children != null) {
            children.trie().forEach(action);
        }
    }

    /** The children, in the order of {@link #forEachChild}. */
    public Iterator<Znode> children() {
        return children == null
                ? Trie.<Znode>empty().iterator()
                : children.trie().iterator();
    }

    /** How many znodes are below this one. */
    public long descendants() {
        return children == null ? 0 : children.descendants();
    }

    /** Bytes of data in this znode and all below it. */
    public long subtreeBytes() {
        return dataLength() + (children == null ? 0 : children.bytes());
    }

    public long czxid() {
        return czxid;
    }

    public long mzxid() {
        return mzxid;
    }

    public long pzxid() {
        return children == null ? czxid : children.pzxid();
    }

    public long ctime() {
        return ctime;
    }

    public long mtime() {
        return mtime;
    }

    public int version() {
        return version;
    }

    public int aversion() {
        return aversion;
    }

    /** Creations and deletions of children. What is built in was never created, which makes it negative there. */
    public int cversion() {
        return 2 * creations() - childCount();
    }

    public int dataLength() {
        return data == null ? 0 : data.length;
    }

    /** True once it had a child: from then on {@link #creations} and {@link #pzxid} are its own to remember. */
    public boolean hasChildrenHistory() {
        return children != null;
    }

    @Override
    public String toString() {
        return "Znode[" + name() + ", " + stat() + "]";
    }

    boolean isReapable() {
        return Owner.isReapable(owner);
    }

    /** Containers and znodes with a time to live below this one. */
    long reapableBelow() {
        return children == null ? 0 : children.reapable();
    }

    @Nullable
    Znode child(byte[] childName) {
        return children == null ? null : children.trie().find(childName);
    }

    /** The child whose name is this stretch of {@code utf8}, and has this {@link #keyHash}. */
    @Nullable
    Znode child(int hash, byte[] utf8, int from, int to) {
        return children == null ? null : children.trie().find(hash, utf8, from, to);
    }

    /** What the trie of the children begins with; null without children. For {@link Prefetch}. */
    @Nullable
    Branch childBranch() {
        return children == null ? null : children.trie().root();
    }

    Znode withData(byte @Nullable [] newData, int newVersion, long zxid, long timeMs) {
        return new Znode(key(), newData, acl, children, czxid, zxid, ctime, timeMs, owner, newVersion, aversion);
    }

    Znode withAcl(List<Acl> newAcl, int newAversion) {
        return new Znode(key(), data, newAcl, children, czxid, mzxid, ctime, mtime, owner, version, newAversion);
    }

    /** The same to all who look at its Stat, but with other bytes: what is computed at reading is shown like this. */
    Znode showing(byte[] shown) {
        return new Znode(key(), shown, acl, children, czxid, mzxid, ctime, mtime, owner, version, aversion);
    }

    Znode creating(Znode child, long zxid) {
        return withChildren(Children.creating(children, child, zxid));
    }

    Znode deleting(Znode child, long zxid) {
        return withChildren(parentsChildren().deleting(child, zxid));
    }

    Znode replacing(int hash, Znode before, Znode after) {
        return withChildren(parentsChildren().replacing(hash, before, after));
    }

    private Children parentsChildren() {
        if (children == null) {
            throw new IllegalStateException("'" + name() + "' has no children to change");
        }
        return children;
    }

    Znode withChildren(Children newChildren) {
        return new Znode(key(), data, acl, newChildren, czxid, mzxid, ctime, mtime, owner, version, aversion);
    }
}
