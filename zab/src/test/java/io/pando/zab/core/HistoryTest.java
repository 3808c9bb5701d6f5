package io.pando.zab.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The newest part of the log in memory. */
class HistoryTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void records_that_were_proposed_one_by_one_take_no_more_memory_than_the_limit_says() {
        long limitBytes = 8L * MIB;
        long before = usedBytes();
        History history = new History(nothingOnDisk(), limitBytes);

        try {
            for (int counter = 1; counter <= 200_000; counter++) {
                long zxid = Zxid.of(1, counter);
                Records.Builder lone = new Records.Builder(history.last());
                lone.append(zxid, RecordType.TXN, ByteBuffer.allocate(100));
                history.append(lone.build());
                history.trim(zxid);
            }

            long taken = usedBytes() - before;
            assertTrue(taken < 1.25 * limitBytes, taken / MIB + " MiB, of which " + limitBytes / MIB + " are allowed");
        } finally {
            Reference.reachabilityFence(history);
        }
    }

    private static RecoveredState nothingOnDisk() {
        long begin = Zxid.of(1, 0);
        return new RecoveredState(Promise.NONE, new UUID(5, 5), begin, begin, EpochTable.EMPTY, List.of(), null, null);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
