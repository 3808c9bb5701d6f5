package io.pando.zab.core;

import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a leader proposes, gathered in batches: a record has its zxid at once, and leaves with the others of its batch. */
final class Proposals {
    private final NodeState node;
    private Records.@Nullable Builder batch;

    Proposals(NodeState node) {
        this.node = node;
    }

    /** The zxid of the newest proposal, or of the last record of the history. */
    long last() {
        return batch == null ? node.history.last() : batch.lastZxid();
    }

    /** Returns the zxid, which is the one after {@link #last}. */
    long add(RecordType type, ByteBuffer payload) {
        if (batch == null) {
            batch = new Records.Builder(node.history.last());
        }
        long zxid = last() + 1;
        batch.append(zxid, type, payload);
        if (batch.lengthBytes() >= node.config.limits().batch()) {
            flush();
        }
        return zxid;
    }

    /** Ends the batch that is being gathered: it is in the history. */
    void flush() {
        if (batch != null) {
            Records ended = batch.build();
            batch = null;
            node.append(ended);
        }
    }

    /** What has not left yet never will. */
    void drop() {
        batch = null;
    }
}
