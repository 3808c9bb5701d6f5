package io.pando.zab.model;

import java.nio.ByteBuffer;

/**
 * Consecutive records, encoded once: what is appended here goes to disk as it stands.
 *
 * <p>On its way to disk a batch is filled by the core thread, written by whoever holds the log's write baton, and then filled
 * again: its direct buffer lives as long as the process, so that an append costs one copy of its bytes and no garbage.
 *
 * <pre>
 *   header (64 bytes, filled in when the place in the log is known)
 *   count × { u32 payload length | u64 zxid | u8 type | payload }
 *   zeros up to a multiple of 8
 * </pre>
 */
public final class RecordBatch {

    public static final int HEADER_BYTES = 64;
    public static final int ALIGNMENT_BYTES = 8;
    public static final int RECORD_HEADER_BYTES = Integer.BYTES + Long.BYTES + 1;

    private static final int USUAL_BYTES = 64 * 1024;
    // A buffer that one huge batch has blown up beyond this is given back rather than kept for good.
    private static final int KEPT_BYTES = 4 * 1024 * 1024;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(USUAL_BYTES);
    private ByteBuffer window = buffer.asReadOnlyBuffer();
    private long prevZxid;
    private long lastZxid;
    private int count;
    private int filledBytes = HEADER_BYTES;

    /** Empties the batch; what is appended next will follow {@code prevZxid}. */
    public void reset(long prevZxid) {
        if (buffer.capacity() > KEPT_BYTES) {
            replaceBuffer(USUAL_BYTES);
        }
        this.prevZxid = prevZxid;
        this.lastZxid = prevZxid;
        this.count = 0;
        this.filledBytes = HEADER_BYTES;
    }

    /** Copies the payload, from its position to its limit, and leaves both as they were. */
    public void append(long zxid, RecordType type, ByteBuffer payload) {
        requireOrder(lastZxid, zxid);
        ensureRoomFor(RECORD_HEADER_BYTES + payload.remaining() + ALIGNMENT_BYTES);
        encode(buffer.clear().position(filledBytes), zxid, type, payload);
        filledBytes = buffer.position();
        lastZxid = zxid;
        count++;
    }

    /** Copies a run of records that goes on where this batch ends. */
    public void append(Records records) {
        if (records.prevZxid() != lastZxid) {
            throw new IllegalStateException(records + " do not follow " + Zxid.toString(lastZxid) + ".");
        }
        ensureRoomFor(records.lengthBytes() + ALIGNMENT_BYTES);
        buffer.clear().position(filledBytes);
        buffer.put(records.bytes());
        filledBytes += records.lengthBytes();
        lastZxid = records.lastZxid();
        count += records.count();
    }

    /**
     * Takes back every record after {@code zxid}, which is that of a record in here, or of the one before the first.
     *
     * @throws IllegalStateException if it is not
     */
    public void cutAfter(long zxid) {
        int kept = 0;
        int end = HEADER_BYTES;
        long last = prevZxid;
        while (last != zxid) {
            if (kept++ == count) {
                throw new IllegalStateException("There is no record " + Zxid.toString(zxid) + " behind "
                        + Zxid.toString(prevZxid) + ", up to " + Zxid.toString(lastZxid) + ".");
            }
            last = buffer.getLong(end + Integer.BYTES);
            end += RECORD_HEADER_BYTES + buffer.getInt(end);
        }
        count = kept;
        filledBytes = end;
        lastZxid = last;
    }

    /** Pads the batch and returns its bytes, header included, from position 0 to the limit. */
    public ByteBuffer encoded() {
        int lengthBytes = lengthBytes();
        buffer.clear();
        for (int i = filledBytes; i < lengthBytes; i++) {
            buffer.put(i, (byte) 0);
        }
        return buffer.limit(lengthBytes);
    }

    /** Shows every record, in order. */
    public void forEach(RecordVisitor visitor) {
        window.clear().position(HEADER_BYTES);
        forEach(window, count, visitor);
    }

    /** Shows {@code count} records that begin at the buffer's position; moves position and limit. */
    public static void forEach(ByteBuffer records, int count, RecordVisitor visitor) {
        int end = records.limit();
        for (int i = 0; i < count; i++) {
            int payloadBytes = records.getInt();
            long zxid = records.getLong();
            RecordType type = RecordType.ofCode(records.get());
            if (type == null) {
                throw new IllegalArgumentException("Record " + Zxid.toString(zxid) + " is of an unknown type.");
            }
            int next = records.position() + payloadBytes;
            visitor.visit(zxid, type, records.limit(next));
            records.limit(end).position(next);
        }
    }

    static void requireOrder(long prevZxid, long zxid) {
        if (!Zxid.mayFollow(prevZxid, zxid)) {
            throw new IllegalStateException(
                    "Record " + Zxid.toString(zxid) + " can't follow " + Zxid.toString(prevZxid) + ".");
        }
    }

    /** Puts one record where {@code target} is; leaves position and limit of the payload as they were. */
    static void encode(ByteBuffer target, long zxid, RecordType type, ByteBuffer payload) {
        target.putInt(payload.remaining()).putLong(zxid).put(type.code());
        target.put(target.position(), payload, payload.position(), payload.remaining());
        target.position(target.position() + payload.remaining());
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public int count() {
        return count;
    }

    /** The zxid before the first record. */
    public long prevZxid() {
        return prevZxid;
    }

    /** The zxid of the first record; of an empty batch, the one before it. */
    public long firstZxid() {
        return isEmpty() ? prevZxid : buffer.getLong(HEADER_BYTES + Integer.BYTES);
    }

    /** The zxid of the last record; of an empty batch, the one before it. */
    public long lastZxid() {
        return lastZxid;
    }

    /** Bytes on disk, header and padding included. */
    public int lengthBytes() {
        return (filledBytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    }

    private void ensureRoomFor(int bytes) {
        long needed = (long) filledBytes + bytes;
        if (needed <= buffer.capacity()) {
            return;
        }
        if (needed > Integer.MAX_VALUE - ALIGNMENT_BYTES) {
            throw new IllegalStateException("A batch of " + needed + " bytes is more than one buffer holds.");
        }
        ByteBuffer filled = buffer.clear().limit(filledBytes);
        replaceBuffer((int) Math.min(Integer.MAX_VALUE - ALIGNMENT_BYTES, Math.max(needed, 2L * filled.capacity())));
        buffer.put(0, filled, 0, filledBytes);
    }

    private void replaceBuffer(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity);
        window = buffer.asReadOnlyBuffer();
    }
}
