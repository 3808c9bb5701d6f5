package io.pando.zab.core;

import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import java.nio.ByteBuffer;

/** What a leader proposes, gathered in batches: a record has its zxid at once, and leaves with the others of its batch. */
final class Proposals {
    private final NodeState node;
    private final Records.Builder batch;

    Proposals(NodeState node) {
        this.node = node;
        this.batch = new Records.Builder(node.history.last());
    }

    /** The zxid of the newest proposal, or of the last record of the history. */
    long last() {
        return batch.isEmpty() ? node.history.last() : batch.lastZxid();
    }

    /** Returns the zxid, which is the one after {@link #last}. */
    long add(RecordType type, ByteBuffer payload) {
        if (batch.isEmpty()) {
            batch.reset(node.history.last());
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
        if (!batch.isEmpty()) {
            node.append(batch.build());
        }
    }

    /** What has not left yet never will. */
    void drop() {
        batch.reset(node.history.last());
    }
}
