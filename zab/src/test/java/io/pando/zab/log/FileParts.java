package io.pando.zab.log;

import io.pando.zab.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;

/** Where in a file is what, for whoever damages it. */
public final class FileParts {
    /** The place of the first batch in a log file. */
    public static final int FIRST_BATCH = SegmentHeader.BYTES;

    private FileParts() {}

    /** The length of the header of an intact snapshot. */
    public static int headerBytes(SimulatedDisk disk, Path snapshot) {
        try (StoredFile file = disk.open(snapshot)) {
            return SnapshotHeader.read(file, snapshot).lengthBytes();
        } catch (IOException e) {
            throw new IllegalStateException("There is no intact header in " + snapshot, e);
        }
    }
}
