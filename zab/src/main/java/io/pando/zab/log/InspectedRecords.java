package io.pando.zab.log;

import io.pando.zab.model.RecordType;
import java.nio.ByteBuffer;

/** Is shown the records of a segment that is looked at, in order. */
@FunctionalInterface
public interface InspectedRecords {

    /** {@code offset} is where the record begins in its file; the payload is read-only and valid only during this call. */
    void record(long zxid, RecordType type, long offset, ByteBuffer payload);
}
