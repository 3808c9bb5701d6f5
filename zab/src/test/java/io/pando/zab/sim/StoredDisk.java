package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.DamagedSnapshotException;
import io.pando.zab.log.DurableState;
import io.pando.zab.log.IncomingSnapshot;
import io.pando.zab.log.LogSettings;
import io.pando.zab.log.NoSpaceException;
import io.pando.zab.log.OutgoingSnapshot;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.log.RecoveryTarget;
import io.pando.zab.log.SnapshotContent;
import io.pando.zab.log.SteppedStore;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The storage of production, one step of the scheduler at a time, over a disk that promises no more than real ones do. What counts as
 * durable is read from the bytes of that disk.
 */
final class StoredDisk implements SimDisk {
    private static final Path DATA = Path.of("/data");
    private static final Path LOG = Path.of("/log");
    // Batches of one write; fewer than the queue has slots, so that nobody waits for one.
    private static final int MOST_AHEAD = 8;

    private final RandomGenerator random;
    private final Coverage coverage;
    private final LogSettings settings;
    private final UUID dataId;
    private final DurableState durable = new DurableState(DATA, LOG);
    private SimulatedDisk disk;
    private @Nullable SteppedStore store;
    private int knownOperations = -1;
    private boolean groupBegun;
    private boolean taken;
    private int handedOver;
    private boolean wroteLately;
    private boolean powerLost;
    private boolean mayFail;
    private boolean isFull;
    private boolean waitsForRoom;
    private boolean isRotten;
    private boolean isLossKnown;
    private long lastBeforeRot;

    StoredDisk(long serverId, Profile.Storage profile, RandomGenerator random, Coverage coverage) {
        this.random = random;
        this.coverage = coverage;
        this.dataId = new UUID(random.nextLong(), random.nextLong());
        this.disk = new SimulatedDisk(random);
        this.settings = new LogSettings(
                serverId,
                false,
                DATA,
                LOG,
                true,
                false,
                profile.segmentBytes(),
                512,
                profile.snapshotsKept(),
                0,
                Duration.ofDays(1),
                false);
    }

    // ---- what is durable

    private DurableState durable() {
        if (knownOperations != disk.operations()) {
            knownOperations = disk.operations();
            durable.refresh(disk);
        }
        return durable;
    }

    private void replaceDisk(SimulatedDisk next) {
        disk = next;
        knownOperations = -1;
    }

    @Override
    public UUID dataId() {
        return dataId;
    }

    @Override
    public UUID clusterId() {
        return open().clusterId();
    }

    @Override
    public boolean isBlank() {
        return durable().lastZxid() == Zxid.NONE;
    }

    @Override
    public Promise promise() {
        return durable().promise();
    }

    @Override
    public long lastZxid() {
        return durable().lastZxid();
    }

    @Override
    public boolean holds(long zxid) {
        return durable().holds(zxid);
    }

    @Override
    public boolean answersFor(long zxid) {
        return holds(zxid)
                || !Zxid.isAfter(zxid, promise().floorZxid())
                || (isRotten && !Zxid.isAfter(zxid, lastBeforeRot));
    }

    @Override
    public List<Long> zxids() {
        return durable().zxids();
    }

    // ---- faults

    /** The power goes at one of the next operations of this disk; the server stops there. */
    void losePowerAfter(int more) {
        disk.crashAt(disk.operations() + more);
        powerLost = true;
        mayFail = true;
    }

    /** One of the next operations fails; the disk works on. */
    void failAfter(int more) {
        disk.failAt(disk.operations() + more);
        mayFail = true;
    }

    /** The power is off; the server is stopped by whoever calls. */
    void losePower() {
        powerLost = true;
        if (store == null) {
            stop(null);
        }
    }

    /** Only so much room is left. */
    void fill(long bytesLeft) {
        isFull = true;
        disk.setCapacity(disk.usedBytes() + bytesLeft);
    }

    int segmentBytes() {
        return (int) settings.segmentBytes();
    }

    void makeRoom() {
        isFull = false;
        disk.setCapacity(Long.MAX_VALUE);
    }

    @Override
    public void mend() {
        makeRoom();
        disk.failAt(-1);
        disk.crashAt(Integer.MAX_VALUE);
        powerLost = false;
        mayFail = false;
    }

    /** Whether what is durable was damaged since the last start. */
    boolean isRotten() {
        return isRotten;
    }

    /** Something is done to the bytes that were durable; only while the server is down, and one at a time. */
    void damage(Damage damage) {
        if (isRotten) {
            return;
        }
        long last = lastZxid();
        if (damage.doneTo(disk, random)) {
            isRotten = true;
            isLossKnown = damage.isAlwaysNoticed();
            lastBeforeRot = last;
            knownOperations = -1;
            coverage.count("damage " + damage);
        }
    }

    /** I6: what was damaged is not passed over in silence. */
    private void requireFloor() {
        if (isRotten
                && isLossKnown
                && !holds(lastBeforeRot)
                && Zxid.isAfter(lastBeforeRot, promise().floorZxid())) {
            throw new SimFailure(
                    "I6: records up to " + Zxid.toString(lastBeforeRot) + " were damaged, but the floor is "
                            + Zxid.toString(promise().floorZxid()));
        }
    }

    private IOException expected(IOException failure) {
        boolean noSpace = isFull && failure instanceof NoSpaceException;
        if (!mayFail && !isFull && !noSpace) {
            throw new SimFailure("Storage fails without a fault: " + failure, failure);
        }
        return failure;
    }

    // ---- from start to end

    /** The state as recovery brings it together. */
    private static final class Target implements RecoveryTarget {
        private long state = SimMachine.EMPTY.state();

        @Override
        public void install(InputStream snapshot, long zxid) throws IOException {
            state = read(snapshot);
        }

        @Override
        public void deliver(long zxid, ByteBuffer payload) {
            state = SimMachine.stateAfter(state, zxid, RecordType.TXN, payload);
        }
    }

    @Override
    public Found start() throws IOException {
        try {
            long floor = promise().floorZxid();
            SteppedStore.tailVerdict(settings, disk).ifPresent(verdict -> coverage.count("recovery finds " + verdict));
            SteppedStore opened = SteppedStore.open(settings, disk, dataId);
            Target target = new Target();
            RecoveredHistory history = opened.recover(target);
            store = opened;
            requireFloor();
            isRotten = false;
            if (Zxid.isAfter(promise().floorZxid(), floor)) {
                coverage.count("floors set");
            }
            RecoveredState state = new RecoveredState(
                    opened.promise(),
                    opened.clusterId(),
                    history.lastZxid(),
                    history.commitZxid(),
                    history.epochs(),
                    history.uncommitted(),
                    history.membership(),
                    history.snapshot());
            return new Found(state, target.state);
        } catch (IOException e) {
            throw expected(e);
        }
    }

    @Override
    public void stop(Effect.@Nullable PersistPromise underWay) {
        SteppedStore ended = store;
        if (ended != null && (groupBegun || underWay != null)) {
            // What is being written when the end comes gets as far as chance wants.
            disk.crashAt(disk.operations() + random.nextInt(6));
            try {
                if (underWay != null && random.nextBoolean()) {
                    ended.promise(underWay.promise());
                }
                if (groupBegun && random.nextBoolean()) {
                    ended.writeGroup();
                }
            } catch (IOException theEnd) {
                coverage.count("writes cut short");
            }
        }
        store = null;
        groupBegun = false;
        taken = false;
        waitsForRoom = false;
        handedOver = 0;
        mayFail = false;
        boolean off = powerLost || random.nextBoolean();
        powerLost = false;
        replaceDisk(off ? disk.afterCrash() : disk.afterExit());
        if (isFull) {
            fill(0);
        }
    }

    private SteppedStore open() {
        return Objects.requireNonNull(store, "The server is down");
    }

    // ---- the log

    @Override
    public void take(Effect logEffect) {
        taken = true;
        if (handedOver < MOST_AHEAD && random.nextBoolean()) {
            handedOver++;
            open().submit();
        }
        switch (logEffect) {
            case Effect.Append append -> open().append(append.records(), append.commitHint());
            case Effect.Truncate truncate -> {
                if (durable().isWithinSegment(truncate.keepUpTo())) {
                    coverage.count("truncations within a segment");
                }
                open().truncate(truncate.generation(), truncate.keepUpTo());
            }
            case Effect.ResetLog reset -> {
                coverage.count("logs reset to a snapshot");
                open().reset(reset.generation(), reset.base());
            }
            default -> throw new IllegalArgumentException("Not for the log: " + logEffect);
        }
    }

    @Override
    public void committed(long zxid) {
        open().committed(zxid);
    }

    @Override
    public boolean beginGroup() {
        if (groupBegun || !taken) {
            return false;
        }
        taken = false;
        groupBegun = true;
        open().submit();
        return true;
    }

    @Override
    public boolean writeGroup() throws IOException {
        try {
            waitsForRoom = isFull && !open().hasRoomForGroup();
            if (waitsForRoom) {
                coverage.count("writes that wait for room");
                return false;
            }
            open().writeGroup();
        } catch (IOException e) {
            throw expected(e);
        }
        groupBegun = false;
        handedOver = 0;
        wroteLately = true;
        return true;
    }

    @Override
    public long reportedZxid() {
        return open().durable().zxid();
    }

    @Override
    public int generation() {
        return open().durable().generation();
    }

    @Override
    public boolean doChores() throws IOException {
        try {
            boolean busy = wroteLately;
            wroteLately = false;
            if (!busy) {
                open().writeHint();
            }
            boolean full = open().prepareIfWanted();
            if (full) {
                coverage.count("no room for a segment");
            }
            return busy || full;
        } catch (IOException e) {
            throw expected(e);
        }
    }

    @Override
    public boolean isWritable() {
        return !waitsForRoom && open().isWritable();
    }

    @Override
    public @Nullable Records read(long afterZxid, int maxBytes) {
        return open().read(afterZxid, maxBytes);
    }

    // ---- promises and snapshots

    @Override
    public void join(UUID clusterId) throws IOException {
        try {
            open().adopt(clusterId);
        } catch (IOException e) {
            throw expected(e);
        }
    }

    @Override
    public void persist(Effect.PersistPromise effect) throws IOException {
        boolean floor = open().promise().floorZxid() != Zxid.NONE;
        try {
            open().promise(effect.promise());
        } catch (IOException e) {
            throw expected(e);
        }
        if (floor && effect.promise().floorZxid() == Zxid.NONE) {
            coverage.count("floors cleared");
        }
    }

    @Override
    public boolean store(SnapshotMeta meta, long state) throws IOException {
        try {
            open().snapshots().write(meta, content(state));
            return true;
        } catch (NoSpaceException e) {
            expected(e);
            return false;
        } catch (IOException e) {
            throw expected(e);
        }
    }

    @Override
    public void purge() throws IOException {
        try {
            open().purge();
        } catch (IOException e) {
            throw expected(e);
        }
    }

    /** The state, and some bytes that follow from it, so that snapshots have sizes and every byte of them counts. */
    private static SnapshotContent content(long state) {
        return out -> {
            out.write(ByteBuffer.allocate(Long.BYTES).putLong(state).array());
            out.write(filling(state));
        };
    }

    private static byte[] filling(long state) {
        SplittableRandom bytes = new SplittableRandom(state);
        byte[] filling = new byte[bytes.nextInt(3000)];
        bytes.nextBytes(filling);
        return filling;
    }

    private static long read(InputStream snapshot) throws IOException {
        DataInputStream in = new DataInputStream(snapshot);
        long state = in.readLong();
        if (!Arrays.equals(in.readAllBytes(), filling(state))) {
            throw new SimFailure("I19: a snapshot gives out other bytes than were written");
        }
        return state;
    }

    @Override
    public @Nullable Transfer fetchFrom(SimDisk source, long atLeastZxid) throws IOException {
        SteppedStore from = ((StoredDisk) source).open();
        var newest = from.snapshots().newest();
        if (newest == null || Zxid.isAfter(atLeastZxid, newest.meta().zxid())) {
            return null;
        }
        try {
            var incoming = open().snapshots().receive(newest.meta().zxid(), newest.lengthBytes());
            return new StoredTransfer(newest, incoming);
        } catch (IOException e) {
            throw expected(e);
        }
    }

    private final class StoredTransfer implements Transfer {
        private final OutgoingSnapshot outgoing;
        private final IncomingSnapshot incoming;
        private boolean full;

        StoredTransfer(OutgoingSnapshot outgoing, IncomingSnapshot incoming) {
            this.outgoing = outgoing;
            this.incoming = incoming;
        }

        @Override
        public boolean step() throws IOException {
            ByteBuffer part = ByteBuffer.allocate(1 + random.nextInt(2000));
            outgoing.read(part, incoming.receivedBytes());
            try {
                incoming.write(incoming.receivedBytes(), part.flip());
            } catch (NoSpaceException e) {
                expected(e);
                full = true;
                return true;
            } catch (IOException e) {
                throw expected(e);
            }
            return incoming.receivedBytes() == incoming.lengthBytes();
        }

        @Override
        public @Nullable StoredSnapshot arrived() throws IOException {
            if (full) {
                abandon();
                return null;
            }
            try {
                SnapshotMeta meta = incoming.finish();
                try (InputStream content = open().snapshots().read(meta.zxid())) {
                    return new StoredSnapshot(meta, StoredDisk.read(content));
                }
            } catch (DamagedSnapshotException e) {
                coverage.count("damaged snapshots refused");
                abandon();
                return null;
            } catch (IOException e) {
                throw expected(e);
            }
        }

        @Override
        public void abandon() throws IOException {
            try {
                incoming.close();
            } catch (IOException e) {
                throw expected(e);
            }
        }
    }
}
