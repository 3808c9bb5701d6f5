package io.pando.zab.log;

import io.pando.zab.model.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** The segment that is being appended to. Used only under the write baton of {@link LogWriter}. */
final class Segment implements Closeable {
    private final WritableFile file;
    private final Path path;
    private final SegmentHeader header;
    private final Checksum checksum = new Checksum();

    private ByteBuffer[] staged = new ByteBuffer[16];
    private int stagedCount;
    private long position = SegmentHeader.BYTES;
    private long stagedEnd = SegmentHeader.BYTES;

    Segment(WritableFile file, Path path, SegmentHeader header) {
        this.file = file;
        this.path = path;
        this.header = header;
    }

    boolean hasRoomFor(int bytes) {
        return remainingBytes() >= bytes;
    }

    long remainingBytes() {
        return header.lengthBytes() - stagedEnd;
    }

    long usedBytes() {
        return stagedEnd;
    }

    /** Completes the batch for the place it is going to have. */
    void stage(RecordBatch batch, long commitHint, long durableHint) {
        if (stagedCount == staged.length) {
            staged = Arrays.copyOf(staged, 2 * staged.length);
        }
        ByteBuffer bytes = BatchHeader.seal(batch, commitHint, durableHint, header.segmentId(), stagedEnd, checksum);
        staged[stagedCount++] = bytes;
        stagedEnd += bytes.limit();
    }

    /** Hands all that is staged to the operating system, in one gathering write. */
    void write() throws IOException {
        if (stagedCount == 0) {
            return;
        }
        file.write(staged, stagedCount, position);
        stagedCount = 0;
        position = stagedEnd;
    }

    void sync() throws IOException {
        file.sync();
    }

    SealedSegment sealed() {
        return new SealedSegment(path, header.segmentId(), header.baseZxid(), header.lengthBytes());
    }

    SegmentHeader header() {
        return header;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
