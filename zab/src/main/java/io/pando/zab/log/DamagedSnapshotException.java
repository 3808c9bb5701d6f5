package io.pando.zab.log;

import java.io.IOException;
import java.nio.file.Path;

/** A snapshot that was not written completely, or has changed since. An older one and the log may do in its place. */
public final class DamagedSnapshotException extends IOException {
    private final Path file;
    private final long offset;
    private final String what;

    DamagedSnapshotException(Path file, long offset, String what) {
        super("Snapshot " + file + " is damaged at offset " + offset + ": " + what);
        this.file = file;
        this.offset = offset;
        this.what = what;
    }

    /** To be reported when nothing can take the place of this snapshot. */
    DamageReport asReport(long highestZxid) {
        return new DamageReport(
                file,
                offset,
                what + ", and neither an older snapshot nor the log from its beginning can take its place",
                0,
                highestZxid,
                true);
    }
}
