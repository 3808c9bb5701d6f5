package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.message.Hello;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one server has on disk, by its contract rather than by its bytes: a log of records with the commit that was known at each,
 * snapshots, and the promise. Only what is durable is in here.
 */
final class ContractDisk implements SimDisk {

    /** One record, and what was known to be committed when it was written. */
    record Stored(long zxid, RecordType type, ByteBuffer payload, long commitHint) {}

    private final RandomGenerator random;
    private final UUID dataId;
    private Promise promise = Promise.NONE;
    private UUID clusterId = Hello.NO_CLUSTER;
    private final List<Stored> log = new ArrayList<>();
    private final List<StoredSnapshot> snapshots = new ArrayList<>();
    private long base;
    private EpochTable baseEpochs = EpochTable.EMPTY;
    private long hint;
    private int generation;
    // In order, a group at a time.
    private final Deque<Effect> queue = new ArrayDeque<>();
    private int group;

    ContractDisk(RandomGenerator random) {
        this.random = random;
        this.dataId = new UUID(random.nextLong(), random.nextLong());
    }

    // ---- what is carried out

    @Override
    public void take(Effect logEffect) {
        queue.add(logEffect);
    }

    @Override
    public void committed(long zxid) {}

    /** Everything queued so far is one write and one sync. */
    @Override
    public boolean beginGroup() {
        if (group > 0 || queue.isEmpty()) {
            return false;
        }
        group = queue.size();
        return true;
    }

    @Override
    public boolean writeGroup() {
        for (; group > 0; group--) {
            carryOut(queue.remove());
        }
        return true;
    }

    @Override
    public long reportedZxid() {
        return lastZxid();
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public void stop(Effect.@Nullable PersistPromise underWay) {
        if (group > 0) {
            for (int left = random.nextInt(group + 1); left > 0; left--) {
                carryOut(queue.remove());
            }
        }
        if (underWay != null && random.nextBoolean()) {
            persist(underWay);
        }
        queue.clear();
        group = 0;
        generation = 0;
    }

    @Override
    public void mend() {}

    @Override
    public boolean doChores() {
        return false;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void join(UUID joined) {}

    @Override
    public void persist(Effect.PersistPromise effect) {
        promise = effect.promise();
        if (log.isEmpty() && snapshots.isEmpty()) {
            clusterId = effect.clusterId();
        }
    }

    private void carryOut(Effect logEffect) {
        switch (logEffect) {
            case Effect.Append append -> append(append);
            case Effect.Truncate truncate -> {
                generation = truncate.generation();
                while (!log.isEmpty() && Zxid.isAfter(log.getLast().zxid(), truncate.keepUpTo())) {
                    log.removeLast();
                }
            }
            case Effect.ResetLog reset -> {
                generation = reset.generation();
                reset(reset.base());
            }
            default -> throw new IllegalArgumentException("Not for the log: " + logEffect);
        }
    }

    private void append(Effect.Append append) {
        append.records().forEach((zxid, type, payload) -> {
            ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate());
            log.add(new Stored(zxid, type, copy.flip().asReadOnlyBuffer(), append.commitHint()));
        });
        hint = Zxid.max(hint, append.commitHint());
    }

    private void reset(SnapshotMeta meta) {
        log.clear();
        base = meta.zxid();
        baseEpochs = meta.epochs();
        hint = meta.zxid();
    }

    @Override
    public boolean store(SnapshotMeta meta, long state) {
        snapshots.removeIf(old -> old.meta().zxid() == meta.zxid());
        snapshots.add(new StoredSnapshot(meta, state));
        snapshots.sort((one, other) ->
                Long.compareUnsigned(one.meta().zxid(), other.meta().zxid()));
        return true;
    }

    @Override
    public void purge() {
        if (random.nextBoolean()) {
            purge(1 + random.nextInt(2));
        }
    }

    private void purge(int keptSnapshots) {
        // One that was fetched and is not installed yet replaces nothing.
        long own = snapshots.stream()
                .filter(snapshot -> !Zxid.isAfter(snapshot.meta().zxid(), lastZxid()))
                .count();
        for (; own > keptSnapshots; own--) {
            snapshots.removeFirst();
        }
        long needed = snapshots.getFirst().meta().zxid();
        while (!log.isEmpty() && !Zxid.isAfter(log.getFirst().zxid(), needed)) {
            Stored first = log.removeFirst();
            baseEpochs = baseEpochs.following(base, first.zxid());
            base = first.zxid();
        }
    }

    /** What follows can't be read any more, and the recovery notes how far it may have gone. */
    void damage(long keptUpTo) {
        damage(keptUpTo, lastZxid());
    }

    /** The same, when it may have gone as far as {@code floor}. */
    void damage(long keptUpTo, long floor) {
        promise = promise.withFloor(floor, Promise.FloorReason.LOG_DAMAGED);
        while (!log.isEmpty() && Zxid.isAfter(log.getLast().zxid(), keptUpTo)) {
            log.removeLast();
        }
        hint = Zxid.isAfter(hint, lastZxid()) ? lastZxid() : hint;
    }

    // ---- what is read

    private @Nullable StoredSnapshot newestSnapshot() {
        return snapshots.isEmpty() ? null : snapshots.getLast();
    }

    @Override
    public @Nullable Transfer fetchFrom(SimDisk source, long atLeastZxid) {
        StoredSnapshot newest = ((ContractDisk) source).newestSnapshot();
        if (newest == null || Zxid.isAfter(atLeastZxid, newest.meta().zxid())) {
            return null;
        }
        return new Transfer() {
            @Override
            public boolean step() {
                return true;
            }

            @Override
            public StoredSnapshot arrived() {
                store(newest.meta(), newest.state());
                return newest;
            }

            @Override
            public void abandon() {}
        };
    }

    @Override
    public Promise promise() {
        return promise;
    }

    @Override
    public UUID dataId() {
        return dataId;
    }

    @Override
    public long lastZxid() {
        return log.isEmpty() ? base : log.getLast().zxid();
    }

    @Override
    public List<Long> zxids() {
        List<Long> zxids = new ArrayList<>();
        if (base != Zxid.NONE) {
            zxids.add(base);
        }
        log.forEach(record -> zxids.add(record.zxid()));
        return zxids;
    }

    @Override
    public boolean holds(long zxid) {
        if (!Zxid.isAfter(zxid, base)) {
            return true;
        }
        int low = 0;
        int high = log.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(log.get(middle).zxid(), zxid);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    @Override
    public boolean answersFor(long zxid) {
        return holds(zxid);
    }

    @Override
    public @Nullable Records read(long afterZxid, int maxBytes) {
        if (Zxid.isAfter(base, afterZxid)) {
            return null;
        }
        Records.Builder read = new Records.Builder(afterZxid);
        for (Stored record : log) {
            if (Zxid.isAfter(record.zxid(), afterZxid)) {
                if (!read.isEmpty() && read.lengthBytes() + record.payload().remaining() > maxBytes) {
                    break;
                }
                read.append(record.zxid(), record.type(), record.payload().duplicate());
            }
        }
        return read.build();
    }

    @Override
    public Found start() {
        StoredSnapshot newest = newestSnapshot();
        if (newest != null && Zxid.isAfter(newest.meta().zxid(), lastZxid())) {
            // It was fetched, and the log was not reset to it any more.
            reset(newest.meta());
        }
        long at = newest == null ? Zxid.NONE : newest.meta().zxid();
        long machine = newest == null ? SimMachine.EMPTY.state() : newest.state();
        Membership membership = newest == null || newest.meta().membership().version() == 0
                ? null
                : newest.meta().membership();
        long commit = Zxid.max(hint, at);
        EpochTable epochs = baseEpochs;
        long last = base;
        List<Records> uncommitted = new ArrayList<>();
        for (Stored record : log) {
            epochs = epochs.following(last, record.zxid());
            ByteBuffer payload = record.payload().duplicate();
            if (Zxid.isAfter(record.zxid(), commit)) {
                uncommitted.add(Records.of(last, record.zxid(), record.type(), payload));
            } else if (Zxid.isAfter(record.zxid(), at)) {
                machine = SimMachine.stateAfter(machine, record.zxid(), record.type(), payload);
                Membership named = MembershipRecords.named(record.zxid(), record.type(), payload);
                membership = named == null ? membership : named;
            }
            last = record.zxid();
        }
        return new Found(
                new RecoveredState(
                        promise,
                        clusterId,
                        last,
                        commit,
                        epochs,
                        uncommitted,
                        membership,
                        newest == null ? null : newest.meta()),
                machine);
    }

    @Override
    public UUID clusterId() {
        return clusterId;
    }

    @Override
    public boolean isBlank() {
        return log.isEmpty() && snapshots.isEmpty();
    }
}
