package io.pando.zab.sim;

import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.FileParts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What may happen to bytes that were durable, in the log or in a snapshot, while the power is off. */
public enum Damage {
    /** A bit anywhere flips, which no checksum fails to notice. */
    BIT_FLIPPED(true),
    /** A sector anywhere is blank, which at the end of the log may pass for one that was never written. */
    SECTOR_LOST(false),
    /** A bit of the last record of the log flips. */
    END_FLIPPED(true),
    /** The first sector of records in the last log file is blank, and there are others behind it. */
    MIDDLE_LOST(true),
    /** The newest snapshot ends behind its header. */
    SNAPSHOT_CUT(true);

    private static final int SECTOR_BYTES = 512;

    private final boolean alwaysNoticed;

    Damage(boolean alwaysNoticed) {
        this.alwaysNoticed = alwaysNoticed;
    }

    public boolean isAlwaysNoticed() {
        return alwaysNoticed;
    }

    /** Returns false if there is nothing to damage. */
    public boolean doneTo(SimulatedDisk disk, RandomGenerator random) {
        List<Path> candidates = disk.allFiles().stream()
                .filter(path -> isDamaged(path, disk.bytes(path)))
                .toList();
        if (candidates.isEmpty()) {
            return false;
        }
        Path path = this == BIT_FLIPPED || this == SECTOR_LOST
                ? candidates.get(random.nextInt(candidates.size()))
                : candidates.getLast();
        byte[] bytes = disk.bytes(path).clone();
        disk.put(
                path,
                switch (this) {
                    case BIT_FLIPPED -> flipped(bytes, writtenPlace(bytes, random), random);
                    case SECTOR_LOST -> blanked(bytes, writtenPlace(bytes, random));
                    case END_FLIPPED -> flipped(bytes, lastWritten(bytes), random);
                    case MIDDLE_LOST -> blanked(bytes, FileParts.FIRST_BATCH);
                    case SNAPSHOT_CUT -> Arrays.copyOf(bytes, FileParts.headerBytes(disk, path));
                });
        return true;
    }

    private boolean isDamaged(Path path, byte[] bytes) {
        boolean log = path.toString().endsWith(".log");
        boolean snapshot = path.toString().endsWith(".snapshot");
        return switch (this) {
            case BIT_FLIPPED, SECTOR_LOST -> (log || snapshot) && bytes.length > 0;
            case END_FLIPPED -> log && lastWritten(bytes) >= FileParts.FIRST_BATCH;
            case MIDDLE_LOST -> log && lastWritten(bytes) >= FileParts.FIRST_BATCH + 2 * SECTOR_BYTES;
            case SNAPSHOT_CUT -> snapshot;
        };
    }

    private static byte[] flipped(byte[] bytes, int at, RandomGenerator random) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] blanked(byte[] bytes, int at) {
        int sector = at / SECTOR_BYTES * SECTOR_BYTES;
        Arrays.fill(bytes, sector, Math.min(bytes.length, sector + SECTOR_BYTES), (byte) 0);
        return bytes;
    }

    /** Rather where something was written than in the blank rest. */
    private static int writtenPlace(byte[] bytes, RandomGenerator random) {
        int at = random.nextInt(bytes.length);
        for (int i = 0; i < 50 && bytes[at] == 0; i++) {
            at = random.nextInt(bytes.length);
        }
        return at;
    }

    /** The last byte that is not blank; -1 if all are. */
    private static int lastWritten(byte[] bytes) {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] == 0) {
            at--;
        }
        return at;
    }
}
