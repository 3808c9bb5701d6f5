package io.pando.client.call;

import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;

/**
 * The data of a znode.
 *
 * @param data empty also when {@code isNull}
 * @param isNull whether the znode has null for its data, which is not the same as no bytes to ZooKeeper
 * @param stat of the same moment
 */
@SuppressWarnings("ArrayRecordComponent") // Data is read, not compared.
public record DataAndStat(byte[] data, boolean isNull, Stat stat) {
    /** The data as UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
