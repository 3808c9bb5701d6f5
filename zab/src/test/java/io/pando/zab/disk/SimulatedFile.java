package io.pando.zab.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The bytes of a file as programs see them, as the disk has them, and everything in between. Guarded by its disk. */
final class SimulatedFile {
    static final int SECTOR_BYTES = 512;

    private byte[] visible;
    private byte[] durable;
    private boolean shared = true;
    // What each sector looked like after each write since the last sync; a crash may leave any of them, or the durable
    // one.
    private final TreeMap<Integer, List<byte[]>> pending = new TreeMap<>();
    // The same for writes whose sync has failed: no later sync will make them durable.
    private final TreeMap<Integer, List<byte[]>> doubtful = new TreeMap<>();

    SimulatedFile() {
        this(new byte[0]);
    }

    SimulatedFile(byte[] bytes) {
        this.visible = bytes;
        this.durable = bytes;
    }

    int size() {
        return visible.length;
    }

    /** Not to be changed; it is copied before it is written to again. */
    byte[] bytes() {
        shared = true;
        return visible;
    }

    /** Never changed in place: replaced when more is synced. */
    byte[] durableBytes() {
        return durable;
    }

    void write(ByteBuffer source, int position) {
        int end = position + source.remaining();
        if (end > visible.length || shared) {
            visible = Arrays.copyOf(visible, Math.max(end, visible.length));
            shared = false;
        }
        source.get(visible, position, end - position);
        for (int sector = position / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
            pending.computeIfAbsent(sector, s -> new ArrayList<>()).add(sectorOf(visible, sector));
        }
    }

    int read(ByteBuffer target, int position) {
        int count = Math.min(target.remaining(), Math.max(0, visible.length - position));
        target.put(visible, position, count);
        return count;
    }

    void sync() {
        durable = Arrays.copyOf(durable, visible.length);
        pending.forEach((sector, versions) -> {
            store(durable, sector, versions.getLast());
            doubtful.remove(sector);
        });
        pending.clear();
    }

    void failSync() {
        pending.forEach((sector, versions) ->
                doubtful.computeIfAbsent(sector, s -> new ArrayList<>()).addAll(versions));
        pending.clear();
    }

    /** What is found after a crash: every sector that was not synced independently old, new, or something in between. */
    byte[] afterCrash(RandomGenerator random) {
        boolean grown = random.nextBoolean();
        byte[] found = Arrays.copyOf(durable, grown ? Math.max(visible.length, durable.length) : durable.length);
        for (TreeMap<Integer, List<byte[]>> unsynced : List.of(doubtful, pending)) {
            unsynced.forEach((sector, versions) -> {
                int version = random.nextInt(versions.size() + 1);
                if (version < versions.size()) {
                    store(found, sector, versions.get(version));
                }
            });
        }
        return found;
    }

    private static byte[] sectorOf(byte[] bytes, int sector) {
        return Arrays.copyOfRange(bytes, sector * SECTOR_BYTES, Math.min(bytes.length, (sector + 1) * SECTOR_BYTES));
    }

    private static void store(byte[] bytes, int sector, byte[] content) {
        int from = sector * SECTOR_BYTES;
        int count = Math.min(content.length, bytes.length - from);
        if (count > 0) {
            System.arraycopy(content, 0, bytes, from, count);
        }
    }
}
