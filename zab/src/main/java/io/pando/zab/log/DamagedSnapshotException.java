package io.pando.zab.log;

import java.io.IOException;
import java.nio.file.Path;

/** A snapshot that was not written completely, or has changed since. An older one and the log may do in its place. */
final class DamagedSnapshotException extends IOException {
    DamagedSnapshotException(Path file, long offset, String what) {
        super("Snapshot " + file + " is damaged at offset " + offset + ": " + what);
    }
}
