package io.pando.datatree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of the parts that a tree consists of. The digest of a tree is their sum, so that a change only subtracts
 * the part as it was and adds it as it is. What a znode knows of its children is a part of its own: creating a child says
 * nothing new about the data of the parent. Made to notice servers that drifted apart, not to withstand forgery; its value
 * is stored in snapshots and compared between servers, so it may never depend on the JVM.
 */
final class Digest {
    /** The path hash of the root, from which {@link #path} goes on. */
    static final long ROOT_PATH = 0x9e37_79b9_7f4a_7c15L;

    private static final long MULTIPLIER = 0xff51_afd7_ed55_8ccdL;
    private static final long NULL_DATA = 0x2545_f491_4f6c_dd1dL;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long OPEN = ofEntries(Acl.OPEN);

    private Digest() {}

    /** The hash of a path, of which the part up to {@code from} has {@code hash} already. */
    static long path(long hash, String text, int from, int to) {
        long result = hash;
        for (int i = from; i < to; i++) {
            result = addChar(result, text.charAt(i));
        }
        return result;
    }

    /** The hash of the text that {@code utf8} is, behind what has {@code hash} already. */
    static long path(long hash, byte[] utf8) {
        long result = hash;
        for (int at = 0; at < utf8.length; at += Utf8.widthAt(utf8, at)) {
            result = addChar(result, Utf8.charAt(utf8, at));
        }
        return result;
    }

    static long path(String path) {
        return path.length() == 1 ? ROOT_PATH : path(ROOT_PATH, path, 0, path.length());
    }

    static long ofNode(long pathHash, Znode node) {
        long hash = add(pathHash, node.czxid());
        hash = add(hash, node.mzxid());
        hash = add(hash, node.ctime());
        hash = add(hash, node.mtime());
        hash = add(hash, node.owner());
        hash = add(hash, ((long) node.version() << 32) ^ (node.aversion() & 0xffff_ffffL));
        hash = add(hash, ofAcl(node.acl()));
        return finish(addBytes(hash, node.data()));
    }

    /** The part about its children that {@code node} remembers; nothing when it never had one. */
    static long ofChildren(long pathHash, Znode node) {
        return node.hasChildrenHistory() ? finish(add(add(~pathHash, node.creations()), node.pzxid())) : 0;
    }

    static long ofSession(long id, int timeoutMs, Password password) {
        return finish(addBytes(add(add(~ROOT_PATH, id), timeoutMs), password.bytes()));
    }

    @SuppressWarnings("ReferenceEquality") // An equal one only takes longer.
    private static long ofAcl(List<Acl> acl) {
        return acl == Acl.OPEN ? OPEN : ofEntries(acl);
    }

    private static long ofEntries(List<Acl> acl) {
        long hash = add(ROOT_PATH, acl.size());
        for (Acl entry : acl) {
            Id id = entry.id();
            hash = add(hash, entry.perms());
            hash = path(
                    add(hash, id.scheme().length()), id.scheme(), 0, id.scheme().length());
            hash = path(add(hash, id.id().length()), id.id(), 0, id.id().length());
        }
        return finish(hash);
    }

    private static long addBytes(long hash, byte @Nullable [] bytes) {
        if (bytes == null) {
            return add(hash, NULL_DATA);
        }
        long result = add(hash, bytes.length);
        int whole = bytes.length & ~7;
        for (int i = 0; i < whole; i += 8) {
            result = add(result, (long) LONGS.get(bytes, i));
        }
        long tail = 0;
        for (int i = whole; i < bytes.length; i++) {
            tail = (tail << 8) | (bytes[i] & 0xff);
        }
        return add(result, tail);
    }

    private static long addChar(long hash, char c) {
        long mixed = (hash ^ c) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }

    private static long add(long hash, long value) {
        long mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    private static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
