package io.pando.recipes.cache;

import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;

/**
 * A znode as a cache has it.
 *
 * @param path as the client names it
 * @param data not to be changed, for all who ask share it; empty also when the znode has null for its data
 * @param stat of the same moment as the data; what has changed since without a change of the data (the number of children, the ACL) is
 *     not in it
 */
@SuppressWarnings("ArrayRecordComponent") // Data is read, not compared.
public record CachedNode(String path, byte[] data, Stat stat) {
    /** The data as UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Whether the other shows the same state of the same znode, and not one before or after it. */
    boolean isSameStateAs(CachedNode other) {
        return stat.czxid() == other.stat.czxid() && stat.mzxid() == other.stat.mzxid();
    }
}
