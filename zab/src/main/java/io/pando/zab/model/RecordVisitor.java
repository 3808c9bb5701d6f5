package io.pando.zab.model;

import java.nio.ByteBuffer;

/** Is shown the records of a batch, one after the other. */
@FunctionalInterface
public interface RecordVisitor {

    /** {@code payload} is a read-only window, from its position to its limit, that is valid only during this call. */
    void visit(long zxid, RecordType type, ByteBuffer payload);
}
