package io.pando.zab.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A snapshot of a stopped server that holds something else than the server has written, and of which every checksum is right. */
public final class ForgedSnapshot {
    private ForgedSnapshot() {}

    /** Makes another content of one. */
    public interface Forging {
        void forge(InputStream original, OutputStream forged) throws IOException;
    }

    /** The zxid of the newest snapshot in a data directory; 0 if there is none. */
    public static long newest(Path dataDir) throws IOException {
        List<Path> all = SnapshotStore.list(new RealFileSystem(), dataDir);
        return all.isEmpty() ? 0 : SnapshotStore.zxidOf(all.getFirst());
    }

    /** Puts a forged snapshot in the place of the newest. */
    public static void replaceNewest(Path dataDir, Forging forging) throws IOException {
        FileSystem files = new RealFileSystem();
        UUID cluster = Objects.requireNonNull(new IdentityFile(files, dataDir).read(), "It has never run")
                .clusterId();
        SnapshotStore store = new SnapshotStore(files, dataDir, () -> cluster);
        try (SnapshotReader original = store.open(store.newestFirst().getFirst())) {
            store.write(original.header().meta(), out -> forging.forge(original, out));
        }
    }
}
