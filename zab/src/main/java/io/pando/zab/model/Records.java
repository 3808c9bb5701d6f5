package io.pando.zab.model;

import java.nio.ByteBuffer;

/**
 * Consecutive records as an immutable value: what the core keeps, streams to learners and delivers. The bytes are those of a
 * {@link RecordBatch} without its header, so that nothing is encoded twice.
 */
public final class Records {
    /** About what this object, its buffer and the array behind it take besides the records. */
    private static final int OBJECTS_BYTES = 128;

    private final ByteBuffer bytes;
    private final long prevZxid;
    private final long lastZxid;
    private final int count;
    private final boolean allTxns;

    private Records(ByteBuffer bytes, long prevZxid, long lastZxid, int count, boolean allTxns) {
        this.bytes = bytes;
        this.prevZxid = prevZxid;
        this.lastZxid = lastZxid;
        this.count = count;
        this.allTxns = allTxns;
    }

    /** No records, at a place in the history. */
    public static Records none(long prevZxid) {
        return new Records(ByteBuffer.allocate(0), prevZxid, prevZxid, 0, true);
    }

    /**
     * Takes over encoded records, from position to limit, which nobody may change any more.
     *
     * @throws IllegalArgumentException if the bytes are not so many records of known types that may follow {@code prevZxid}
     */
    public static Records decode(long prevZxid, int count, ByteBuffer encoded) {
        ByteBuffer bytes = encoded.slice().asReadOnlyBuffer();
        if (count < 0 || (long) count * RecordBatch.RECORD_HEADER_BYTES > bytes.remaining()) {
            throw new IllegalArgumentException(count + " records in " + bytes.remaining() + " bytes");
        }
        int at = 0;
        long last = prevZxid;
        boolean allTxns = true;
        for (int i = 0; i < count; i++) {
            if (bytes.limit() - at < RecordBatch.RECORD_HEADER_BYTES) {
                throw new IllegalArgumentException("The bytes end within record " + i);
            }
            int payloadBytes = bytes.getInt(at);
            long zxid = bytes.getLong(at + Integer.BYTES);
            RecordType type = RecordType.ofCode(bytes.get(at + Integer.BYTES + Long.BYTES));
            if (type == null) {
                throw new IllegalArgumentException("Record " + Zxid.toString(zxid) + " is of an unknown type");
            }
            if (!Zxid.mayFollow(last, zxid)) {
                throw new IllegalArgumentException(
                        "Record " + Zxid.toString(zxid) + " can't follow " + Zxid.toString(last));
            }
            at += RecordBatch.RECORD_HEADER_BYTES;
            if (payloadBytes < 0 || payloadBytes > bytes.limit() - at) {
                throw new IllegalArgumentException("Record " + Zxid.toString(zxid) + " of " + payloadBytes + " bytes");
            }
            at += payloadBytes;
            last = zxid;
            allTxns &= type == RecordType.TXN;
        }
        if (at != bytes.limit()) {
            throw new IllegalArgumentException((bytes.limit() - at) + " bytes after the last record");
        }
        return new Records(bytes, prevZxid, last, count, allTxns);
    }

    /** One record; the payload is copied. */
    public static Records of(long prevZxid, long zxid, RecordType type, ByteBuffer payload) {
        RecordBatch.requireOrder(prevZxid, zxid);
        ByteBuffer bytes = ByteBuffer.allocate(RecordBatch.RECORD_HEADER_BYTES + payload.remaining());
        RecordBatch.encode(bytes, zxid, type, payload);
        return new Records(bytes.flip().asReadOnlyBuffer(), prevZxid, zxid, 1, type == RecordType.TXN);
    }

    /** Shows every record, in order. */
    public void forEach(RecordVisitor visitor) {
        RecordBatch.forEach(bytes.duplicate(), count, visitor);
    }

    /** The records after {@code zxid}, which is one of these or the one before the first. */
    public Records after(long zxid) {
        if (zxid == prevZxid) {
            return this;
        }
        Cut cut = cutBehind(zxid);
        ByteBuffer rest = bytes.slice(cut.offset(), bytes.limit() - cut.offset());
        return new Records(rest, zxid, lastZxid, count - cut.count(), allTxns);
    }

    /** The records up to and including {@code zxid}, which is one of these or the one before the first. */
    public Records upTo(long zxid) {
        if (zxid == lastZxid) {
            return this;
        }
        if (zxid == prevZxid) {
            return none(prevZxid);
        }
        Cut cut = cutBehind(zxid);
        return new Records(bytes.slice(0, cut.offset()), prevZxid, zxid, cut.count(), allTxns);
    }

    /** As many records from the first on as fit into {@code maxBytes}, but at least one. */
    public Records atMost(int maxBytes) {
        if (bytes.limit() <= maxBytes || count == 1) {
            return this;
        }
        int offset = 0;
        int taken = 0;
        long last = prevZxid;
        while (taken < count) {
            int next = offset + RecordBatch.RECORD_HEADER_BYTES + bytes.getInt(offset);
            if (taken > 0 && next > maxBytes) {
                break;
            }
            last = bytes.getLong(offset + Integer.BYTES);
            offset = next;
            taken++;
        }
        return taken == count ? this : new Records(bytes.slice(0, offset), prevZxid, last, taken, allTxns);
    }

    /** Where the record of a zxid ends, and how many there are up to it. */
    private record Cut(int offset, int count) {}

    private Cut cutBehind(long zxid) {
        int offset = 0;
        for (int i = 1; i <= count; i++) {
            long found = bytes.getLong(offset + Integer.BYTES);
            offset += RecordBatch.RECORD_HEADER_BYTES + bytes.getInt(offset);
            if (found == zxid) {
                return new Cut(offset, i);
            }
        }
        throw new IllegalArgumentException(Zxid.toString(zxid) + " is not one of " + this);
    }

    /** The encoded records: a read-only view of its own. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    public int lengthBytes() {
        return bytes.limit();
    }

    /** About what these take of the memory: a lone record may be smaller than the objects around it. */
    public int memoryBytes() {
        return OBJECTS_BYTES + bytes.limit();
    }

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether these are transactions only; a part of a run that is not may still be. */
    public boolean isAllTxns() {
        return allTxns;
    }

    /** The zxid before the first record. */
    public long prevZxid() {
        return prevZxid;
    }

    /** The zxid of the last record; without any, the one before them. */
    public long lastZxid() {
        return lastZxid;
    }

    @Override
    public String toString() {
        return "(" + Zxid.toString(prevZxid) + ".." + Zxid.toString(lastZxid) + "]";
    }

    /** Gathers records that are proposed one after the other, again and again: its buffer stays, and what is built is a copy. */
    public static final class Builder {
        private static final int INITIAL_BYTES = 1024;

        /** Above it, the buffer was made for a record that is larger than most, and is not kept. */
        private static final int MOST_KEPT_BYTES = 2 * 1024 * 1024;

        private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES);
        private long prevZxid;
        private long lastZxid;
        private int count;
        private boolean allTxns;

        public Builder(long prevZxid) {
            reset(prevZxid);
        }

        /** Forgets what has been appended; what is appended next will follow {@code newPrevZxid}. */
        public void reset(long newPrevZxid) {
            if (bytes.capacity() > MOST_KEPT_BYTES) {
                bytes = ByteBuffer.allocate(INITIAL_BYTES);
            }
            bytes.clear();
            prevZxid = newPrevZxid;
            lastZxid = newPrevZxid;
            count = 0;
            allTxns = true;
        }

        /** Copies the payload, from its position to its limit, and leaves both as they were. */
        public void append(long zxid, RecordType type, ByteBuffer payload) {
            RecordBatch.requireOrder(lastZxid, zxid);
            ensureRoomFor(RecordBatch.RECORD_HEADER_BYTES + payload.remaining());
            RecordBatch.encode(bytes, zxid, type, payload);
            lastZxid = zxid;
            count++;
            allTxns &= type == RecordType.TXN;
        }

        private void ensureRoomFor(int more) {
            if (bytes.remaining() < more) {
                int needed = Math.addExact(bytes.position(), more);
                int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.capacity());
                bytes = ByteBuffer.allocate(Math.max(needed, doubled)).put(bytes.flip());
            }
        }

        public int lengthBytes() {
            return bytes.position();
        }

        public long lastZxid() {
            return lastZxid;
        }

        public boolean isEmpty() {
            return count == 0;
        }

        /** What has been appended, in no more room than it needs, as it is kept for long; what is appended from now on comes after it. */
        public Records build() {
            bytes.flip();
            ByteBuffer fitting =
                    ByteBuffer.allocate(bytes.limit()).put(bytes).flip().asReadOnlyBuffer();
            Records built = new Records(fitting, prevZxid, lastZxid, count, allTxns);
            reset(lastZxid);
            return built;
        }
    }
}
