package io.pando.zab.log;

import io.pando.zab.log.TailExamination.Tail;
import io.pando.zab.model.RecordBatch;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.RecordVisitor;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment batch by batch, as far as it is intact: checksums, the unbroken succession of zxids, the sense of every
 * length. Where that ends, {@link TailExamination} says why. Confined to one thread.
 */
final class SegmentScanner implements Closeable {
    private final StoredFile file;
    private final SegmentHeader segment;
    private final FileWindow window;
    private final Checksum checksum = new Checksum();

    private long offset = SegmentHeader.BYTES;
    private long nextOffset = SegmentHeader.BYTES;
    private long lastZxid;
    private @Nullable BatchHeader batch;
    private @Nullable String flaw;

    private SegmentScanner(StoredFile file, Path path, SegmentHeader segment) throws IOException {
        this.file = file;
        this.segment = segment;
        this.window = new FileWindow(file, path, Math.min(file.size(), segment.lengthBytes()));
        this.lastZxid = segment.baseZxid();
    }

    static SegmentScanner open(FileSystem files, Path path) throws IOException {
        StoredFile file = files.open(path);
        try {
            return new SegmentScanner(file, path, SegmentHeader.read(file, path));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Goes on with the batch at {@code batchOffset}, which follows {@code prevZxid}. */
    void skipTo(long batchOffset, long prevZxid) {
        nextOffset = batchOffset;
        lastZxid = prevZxid;
    }

    /** Moves to the next intact batch; false where there is none. */
    boolean next() throws IOException {
        if (flaw != null) {
            return false;
        }
        offset = nextOffset;
        batch = null;
        if (window.available(offset) < BatchHeader.BYTES) {
            return false;
        }
        int at = window.load(offset, BatchHeader.BYTES);
        if (window.bytes().getInt(at) == 0) {
            return false;
        }
        BatchHeader header = readIntact(at);
        if (header == null) {
            return false;
        }
        batch = header;
        nextOffset = offset + header.lengthBytes();
        lastZxid = header.lastZxid();
        return true;
    }

    private @Nullable BatchHeader readIntact(int headerAt) throws IOException {
        if (!BatchHeader.isIntact(window.bytes(), headerAt, segment.segmentId(), offset, checksum)) {
            return flawed("the header of a batch fails its checksum");
        }
        BatchHeader header = BatchHeader.read(window.bytes(), headerAt);
        if (!header.isPlausible(window.available(offset))) {
            return flawed("a batch of impossible length " + header.lengthBytes());
        }
        if (header.prevZxid() != lastZxid) {
            return flawed(
                    "a batch that follows " + Zxid.toString(header.prevZxid()) + " after " + Zxid.toString(lastZxid));
        }
        int at = window.load(offset, header.lengthBytes());
        int end = at + header.lengthBytes();
        int crc = checksum.of(window.bytes(), at + BatchHeader.BYTES, end, segment.segmentId(), offset);
        if (crc != header.recordsCrc()) {
            return flawed("the records of a batch fail their checksum");
        }
        if (!areSound(header, at + BatchHeader.BYTES, end)) {
            return flawed("a batch whose records contradict its header");
        }
        return header;
    }

    private @Nullable BatchHeader flawed(String what) {
        flaw = what;
        return null;
    }

    private boolean areSound(BatchHeader header, int from, int to) {
        ByteBuffer bytes = window.bytes();
        long last = header.prevZxid();
        int at = from;
        for (int i = 0; i < header.count(); i++) {
            if (to - at < RecordBatch.RECORD_HEADER_BYTES) {
                return false;
            }
            int payloadBytes = bytes.getInt(at);
            long zxid = bytes.getLong(at + Integer.BYTES);
            byte type = bytes.get(at + Integer.BYTES + Long.BYTES);
            at += RecordBatch.RECORD_HEADER_BYTES;
            if (payloadBytes < 0
                    || payloadBytes > to - at
                    || RecordType.ofCode(type) == null
                    || !Zxid.mayFollow(last, zxid)
                    || (i == 0 && zxid != header.firstZxid())) {
                return false;
            }
            at += payloadBytes;
            last = zxid;
        }
        return last == header.lastZxid() && to - at < RecordBatch.ALIGNMENT_BYTES;
    }

    /** Shows the records of the batch that {@link #next} has moved to. */
    void forEachRecord(RecordVisitor visitor) throws IOException {
        BatchHeader current = batch();
        int at = window.load(offset, current.lengthBytes());
        ByteBuffer records = window.readOnly();
        records.limit(at + current.lengthBytes()).position(at + BatchHeader.BYTES);
        RecordBatch.forEach(records, current.count(), visitor);
    }

    /** The records of the batch that {@link #next} has moved to, as a value of their own. */
    Records records() throws IOException {
        BatchHeader current = batch();
        int at = window.load(offset, current.lengthBytes()) + BatchHeader.BYTES;
        int length = recordsLength(at, current.count());
        ByteBuffer copy = ByteBuffer.allocate(length).put(0, window.bytes(), at, length);
        return Records.decode(current.prevZxid(), current.count(), copy);
    }

    private int recordsLength(int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            at += RecordBatch.RECORD_HEADER_BYTES + window.bytes().getInt(at);
        }
        return at - from;
    }

    BatchHeader batch() {
        if (batch == null) {
            throw new IllegalStateException("There is no batch at offset " + offset);
        }
        return batch;
    }

    SegmentHeader segment() {
        return segment;
    }

    /** Where the current batch begins; after the last, where the intact part ends. */
    long offset() {
        return offset;
    }

    /** Where the current batch ends. */
    long endOffset() {
        return nextOffset;
    }

    /** The last record that was intact; the segment's base if none was. */
    long lastZxid() {
        return lastZxid;
    }

    /** Why the scan ended before the segment did; null if no more was written as far as the next header goes. */
    @Nullable
    String flaw() {
        return flaw;
    }

    /** Scans to the end; what lies behind the intact part, and the highest zxid seen. */
    Tail examineAll() throws IOException {
        boolean more = next();
        while (more) {
            more = next();
        }
        return examineTail().examine();
    }

    /** What lies behind the intact part, once {@link #next} has returned false. */
    TailExamination examineTail() {
        return new TailExamination(this, window, checksum);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
