package io.pando.zab.log;

import io.pando.zab.model.SnapshotMeta;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a look at one snapshot has shown.
 *
 * @param contentBytes bytes of state up to the damage, or all of them
 * @param damage what is wrong and where, or null if the snapshot is intact
 */
public record SnapshotInspection(
        Path file,
        UUID clusterId,
        SnapshotMeta meta,
        long lengthBytes,
        long contentBytes,
        long chunks,
        @Nullable String damage) {

    public boolean isIntact() {
        return damage == null;
    }
}
