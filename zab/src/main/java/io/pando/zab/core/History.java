package io.pando.zab.core;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This server's log as the core sees it: how far it goes, how far it is durable, and its newest part in memory, from which
 * learners are fed and committed records are delivered.
 *
 * <p>A <em>generation</em> ends whenever something is cut off, so that a late report about what is gone is told from one about what
 * took its place.
 */
final class History {
    /** Above the limit, the oldest part is let go, this part of the limit at least: each time, what is left has to be moved. */
    private static final int LET_GO_PART = 8;

    private final long tailLimitBytes;
    private final List<Records> tail = new ArrayList<>();
    private long tailBase;
    private long tailBytes;
    private long appended;
    private long durable;
    private int generation;
    private EpochTable epochs;

    History(RecoveredState disk, long tailLimitBytes) {
        this.tailLimitBytes = tailLimitBytes;
        this.tailBase = disk.commitZxid();
        this.appended = disk.commitZxid();
        this.durable = disk.lastZxid();
        this.epochs = disk.epochs();
        for (Records records : disk.uncommitted()) {
            keep(records);
        }
        if (appended != disk.lastZxid()) {
            throw new IllegalArgumentException("The recovered records end at " + Zxid.toString(appended)
                    + ", the log at " + Zxid.toString(disk.lastZxid()));
        }
    }

    void append(Records records) {
        epochs = epochs.following(records);
        keep(records);
    }

    private void keep(Records records) {
        if (records.prevZxid() != appended) {
            throw new IllegalStateException(records + " does not follow " + Zxid.toString(appended));
        }
        tail.add(records);
        tailBytes += records.memoryBytes();
        appended = records.lastZxid();
    }

    /** Forgets all after {@code zxid}, which is not before what is kept in memory. Returns the new generation. */
    int truncate(long zxid) {
        while (!tail.isEmpty() && Zxid.isAfter(tail.getLast().lastZxid(), zxid)) {
            Records last = tail.removeLast();
            tailBytes -= last.memoryBytes();
            if (Zxid.isAfter(zxid, last.prevZxid())) {
                Records kept = last.upTo(zxid);
                tail.add(kept);
                tailBytes += kept.memoryBytes();
            }
        }
        if (Zxid.isAfter(tailBase, zxid)) {
            tailBase = zxid;
        }
        epochs = epochs.truncatedTo(zxid);
        appended = zxid;
        // Nothing of the new generation is durable before the disk says so: also the cut itself has to be.
        durable = Zxid.NONE;
        return ++generation;
    }

    /** Begins anew after a snapshot. Returns the new generation. */
    int reset(SnapshotMeta base) {
        tail.clear();
        tailBytes = 0;
        tailBase = base.zxid();
        appended = base.zxid();
        durable = Zxid.NONE;
        epochs = base.epochs();
        return ++generation;
    }

    /** Takes note of a report of the disk. Returns whether it says anything new about this generation. */
    boolean isDurable(int reportedGeneration, long zxid) {
        if (reportedGeneration != generation || !Zxid.isAfter(zxid, durable)) {
            return false;
        }
        durable = zxid;
        return true;
    }

    /** Lets go of the oldest records in memory that are delivered, so that the others don't take more than the limit. */
    void trim(long delivered) {
        if (tailBytes <= tailLimitBytes) {
            return;
        }
        int gone = 0;
        while (gone < tail.size()
                && tailBytes > tailLimitBytes - tailLimitBytes / LET_GO_PART
                && !Zxid.isAfter(tail.get(gone).lastZxid(), delivered)) {
            tailBytes -= tail.get(gone).memoryBytes();
            tailBase = tail.get(gone).lastZxid();
            gone++;
        }
        if (gone > 0) {
            tail.subList(0, gone).clear();
        }
    }

    /** The next records after {@code zxid}, as one run; null if they are not in memory, none if there are none. */
    @Nullable
    Records after(long zxid) {
        if (zxid == appended) {
            return Records.none(zxid);
        }
        if (Zxid.isAfter(tailBase, zxid)) {
            return null;
        }
        return tail.get(indexAfter(zxid)).after(zxid);
    }

    /** The run that holds the record after {@code zxid}. */
    private int indexAfter(long zxid) {
        int low = 0;
        int high = tail.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Zxid.isAfter(tail.get(middle).lastZxid(), zxid)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** How many bytes of memory lie after {@code zxid}; a lower bound if it is older than memory. */
    long bytesAfter(long zxid) {
        long bytes = 0;
        for (int i = tail.size() - 1; i >= 0 && Zxid.isAfter(tail.get(i).lastZxid(), zxid); i--) {
            bytes += tail.get(i).lengthBytes();
        }
        return bytes;
    }

    /** The zxid of the last record. */
    long last() {
        return appended;
    }

    long durable() {
        return durable;
    }

    int generation() {
        return generation;
    }

    EpochTable epochs() {
        return epochs;
    }

    /** The zxid before the oldest record in memory. */
    long tailBase() {
        return tailBase;
    }
}
