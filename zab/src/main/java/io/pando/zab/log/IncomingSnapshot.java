package io.pando.zab.log;

import io.pando.zab.model.SnapshotMeta;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A snapshot on its way here from another server, as the very bytes of its file. It lives as long as the process wants: a link
 * that breaks is no reason to begin anew, {@link #receivedBytes} says where to go on.
 *
 * <p>Nothing of it counts before {@link #finish}; what is left of it by a crash is swept away at the next start. One thread at a
 * time.
 */
public final class IncomingSnapshot implements Closeable {
    private static final long SYNC_EVERY_BYTES = 8 * 1024 * 1024;

    private final SnapshotStore store;
    private final Path temporary;
    private final StoredFile file;
    private final long zxid;
    private final long lengthBytes;
    private long receivedBytes;
    private long syncedBytes;
    private boolean ended;

    IncomingSnapshot(SnapshotStore store, Path temporary, StoredFile file, long zxid, long lengthBytes) {
        this.store = store;
        this.temporary = temporary;
        this.file = file;
        this.zxid = zxid;
        this.lengthBytes = lengthBytes;
    }

    public long zxid() {
        return zxid;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /** The offset of the first byte that is still missing. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /**
     * Writes the next bytes.
     *
     * @param offset has to be {@link #receivedBytes}
     * @throws IllegalArgumentException if it is not, or if these are more bytes than were announced
     * @throws NoSpaceException if the disk is full: abandon it
     * @throws IOException if the disk has failed: stop
     */
    public void write(long offset, ByteBuffer chunk) throws IOException {
        if (offset != receivedBytes || chunk.remaining() > lengthBytes - receivedBytes) {
            throw new IllegalArgumentException(chunk.remaining() + " bytes at offset " + offset + " of a snapshot of "
                    + lengthBytes + " bytes, of which " + receivedBytes + " are here");
        }
        int count = chunk.remaining();
        file.write(chunk, offset);
        receivedBytes += count;
        if (receivedBytes - syncedBytes >= SYNC_EVERY_BYTES) {
            // In small steps: one large flush at the end would hold up the log's syncs.
            file.sync();
            syncedBytes = receivedBytes;
        }
    }

    /**
     * Ends the transfer: checks every byte, and returns when the snapshot is durable under its name.
     *
     * @throws DamagedSnapshotException if it is not complete and intact: abandon it
     * @throws UnusableStorageException if it is of another ensemble or format: abandon it
     * @throws IOException if the disk has failed: stop
     */
    public SnapshotMeta finish() throws IOException {
        file.sync();
        SnapshotMeta meta = store.accept(temporary, zxid);
        ended = true;
        file.close();
        return meta;
    }

    /** Gives up what was received; does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            file.close();
            store.abandon(temporary);
        }
    }
}
