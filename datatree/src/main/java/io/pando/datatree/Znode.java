package io.pando.datatree;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree at one moment: its data, its bookkeeping and, through it, everything below. Immutable, the array of
 * {@link #data} included: whoever holds it may read it and never writes to it. Millions of these live at once, so zxids,
 * times and the owner are plain numbers, what only parents need is in {@link Children}, and most have no room for what would say
 * that nothing has happened to them yet.
 */
public abstract sealed class Znode extends Keyed permits UnchangedZnode, ChangedZnode {
    private final byte @Nullable [] data;
    private final List<Acl> acl;
    private final long czxid;
    private final long ctime;

    Znode(byte[] name, byte @Nullable [] data, List<Acl> acl, long czxid, long ctime) {
        super(name);
        this.data = data;
        this.acl = acl;
        this.czxid = czxid;
        this.ctime = ctime;
    }

    private static Znode of(
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
        boolean unchanged = children == null
                && mzxid == czxid
                && mtime == ctime
                && owner == Owner.PERSISTENT
                && version == 0
                && aversion == 0;
        return unchanged
                ? new UnchangedZnode(name, data, acl, czxid, ctime)
                : new ChangedZnode(name, data, acl, children, czxid, mzxid, ctime, mtime, owner, version, aversion);
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
        return of(Utf8.checked(name), data, acl, null, czxid, mzxid, ctime, mtime, owner, version, aversion);
    }

    static Znode created(byte[] name, byte @Nullable [] data, List<Acl> acl, long owner, long zxid, long timeMs) {
        return of(name, data, acl, null, zxid, zxid, timeMs, timeMs, owner, 0, 0);
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
    public abstract long owner();

    public Stat stat() {
        return new Stat(
                czxid,
                mzxid(),
                ctime,
                mtime(),
                version(),
                cversion(),
                aversion(),
                Owner.isEphemeral(owner()) ? owner() : 0,
                dataLength(),
                childCount(),
                pzxid());
    }

    public int childCount() {
        Children family = family();
        return family == null ? 0 : family.trie().size();
    }

    /** How many children were ever created here: the counter that names the next sequential child. */
    public int creations() {
        Children family = family();
        return family == null ? 0 : family.creations();
    }

    public @Nullable Znode child(String childName) {
        return Utf8.indexOfSurrogate(childName) >= 0 ? null : child(Utf8.encode(childName));
    }

    /** Visits the children, in an order that means nothing but is the same on every server. */
    public void forEachChild(Consumer<? super Znode> action) {
        Children family = family();
        if (family != null) {
            family.trie().forEach(action);
        }
    }

    /** The children, in the order of {@link #forEachChild}. */
    public Iterator<Znode> children() {
        Children family = family();
        return family == null ? Trie.<Znode>empty().iterator() : family.trie().iterator();
    }

    /** How many znodes are below this one. */
    public long descendants() {
        Children family = family();
        return family == null ? 0 : family.descendants();
    }

    /** Bytes of data in this znode and all below it. */
    public long subtreeBytes() {
        Children family = family();
        return dataLength() + (family == null ? 0 : family.bytes());
    }

    public long czxid() {
        return czxid;
    }

    public abstract long mzxid();

    public long pzxid() {
        Children family = family();
        return family == null ? czxid : family.pzxid();
    }

    public long ctime() {
        return ctime;
    }

    public abstract long mtime();

    public abstract int version();

    public abstract int aversion();

    /** Creations and deletions of children. What is built in was never created, which makes it negative there. */
    public int cversion() {
        return 2 * creations() - childCount();
    }

    public int dataLength() {
        return data == null ? 0 : data.length;
    }

    /** True once it had a child: from then on {@link #creations} and {@link #pzxid} are its own to remember. */
    public boolean hasChildrenHistory() {
        return family() != null;
    }

    @Override
    public String toString() {
        return "Znode[" + name() + ", " + stat() + "]";
    }

    /** Null before the first child. */
    @Nullable
    abstract Children family();

    boolean isReapable() {
        return Owner.isReapable(owner());
    }

    /** Containers and znodes with a time to live below this one. */
    long reapableBelow() {
        Children family = family();
        return family == null ? 0 : family.reapable();
    }

    @Nullable
    Znode child(byte[] childName) {
        Children family = family();
        return family == null ? null : family.trie().find(childName);
    }

    /** The child whose name is this stretch of {@code utf8}, and has this {@link #keyHash}. */
    @Nullable
    Znode child(int hash, byte[] utf8, int from, int to) {
        Children family = family();
        return family == null ? null : family.trie().find(hash, utf8, from, to);
    }

    /** What the trie of the children begins with; null without children. For {@link Prefetch}. */
    @Nullable
    Branch childBranch() {
        Children family = family();
        return family == null ? null : family.trie().root();
    }

    Znode withData(byte @Nullable [] newData, int newVersion, long zxid, long timeMs) {
        return of(key(), newData, acl, family(), czxid, zxid, ctime, timeMs, owner(), newVersion, aversion());
    }

    Znode withAcl(List<Acl> newAcl, int newAversion) {
        return of(key(), data, newAcl, family(), czxid, mzxid(), ctime, mtime(), owner(), version(), newAversion);
    }

    /** The same to all who look at its Stat, but with other bytes: what is computed at reading is shown like this. */
    Znode showing(byte[] shown) {
        return of(key(), shown, acl, family(), czxid, mzxid(), ctime, mtime(), owner(), version(), aversion());
    }

    Znode creating(int hash, Znode child, long zxid) {
        return withChildren(Children.creating(family(), hash, child, zxid));
    }

    Znode deleting(int hash, Znode child, long zxid) {
        return withChildren(parentsChildren().deleting(hash, child, zxid));
    }

    Znode replacing(int hash, Znode before, Znode after) {
        return withChildren(parentsChildren().replacing(hash, before, after));
    }

    private Children parentsChildren() {
        Children family = family();
        if (family == null) {
            throw new IllegalStateException("'" + name() + "' has no children to change");
        }
        return family;
    }

    Znode withChildren(Children newChildren) {
        return of(key(), data, acl, newChildren, czxid, mzxid(), ctime, mtime(), owner(), version(), aversion());
    }
}
