package io.pando.zab.log;

import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The storage of one member of an ensemble on a simulated disk, from a start to a crash; writes on the calling thread. */
final class MemberDisk implements AutoCloseable {
    static final UUID CLUSTER = new UUID(7, 7);
    static final Path DATA = Path.of("/data");
    static final Path LOG = Path.of("/log");
    static final Membership MEMBERS =
            Membership.parse(Zxid.of(1, 0), "server.1=a:1:2:participant\nserver.2=b:1:2:participant\n");

    private final List<Throwable> faults = new ArrayList<>();
    private final Map<Long, String> delivered = new TreeMap<>(Long::compareUnsigned);
    final LogStore store;
    final RecoveredHistory history;
    final LogWriter writer;
    private long last;

    MemberDisk(SimulatedDisk disk) throws IOException {
        this(disk, settings());
    }

    MemberDisk(SimulatedDisk disk, LogSettings settings) throws IOException {
        store = LogStore.open(settings, disk);
        try {
            history = store.recover(target());
            store.adopt(CLUSTER);
            // As every member has before it takes the first record.
            store.promise(store.promise().withEpoch(9, 1));
            writer = store.openWriter(() -> {}, (what, cause) -> faults.add(cause));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        last = history.lastZxid();
    }

    /** Segments so small that a few dozen records fill several. */
    static LogSettings settings() {
        return settings(1, false);
    }

    static LogSettings settings(long serverId, boolean alone) {
        return new LogSettings(
                serverId, alone, DATA, LOG, true, true, 8 * 1024, 512, 3, 0, Duration.ofSeconds(1), false);
    }

    private RecoveryTarget target() {
        return new RecoveryTarget() {
            @Override
            public void install(InputStream snapshot, long zxid) throws IOException {
                Map<Long, String> installed = read(snapshot);
                delivered.clear();
                delivered.putAll(installed);
            }

            @Override
            public void deliver(long zxid, ByteBuffer payload) {
                delivered.put(zxid, text(payload));
            }
        };
    }

    /** Transactions (or, with counter 0, a marker) from {@code from} to {@code to}, written as one batch. */
    void write(int epoch, int from, int to, long commitHint) {
        writer.append(records(last, epoch, from, to), commitHint);
        last = Zxid.of(epoch, to);
        writer.writeNow();
    }

    /** One batch for each. */
    void writeEach(int epoch, int from, int to, long commitHint) {
        for (int counter = from; counter <= to; counter++) {
            write(epoch, counter, counter, commitHint);
        }
    }

    void truncate(int generation, long keepUpTo) {
        writer.truncate(generation, keepUpTo);
        last = keepUpTo;
        writer.writeNow();
    }

    static Records records(long prev, int epoch, int from, int to) {
        Records.Builder builder = new Records.Builder(prev);
        for (int counter = from; counter <= to; counter++) {
            RecordType type = counter == 0 ? RecordType.MARKER : RecordType.TXN;
            ByteBuffer payload = counter == 0
                    ? ByteBuffer.allocate(0)
                    : ByteBuffer.wrap(textOf(Zxid.of(epoch, counter)).getBytes(StandardCharsets.UTF_8));
            builder.append(Zxid.of(epoch, counter), type, payload);
        }
        return builder.build();
    }

    static String textOf(long zxid) {
        return Zxid.toString(zxid) + " " + "x".repeat(Zxid.counter(zxid) * 37 % 300);
    }

    private static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /** The state as it is written to a snapshot: all transactions. */
    static SnapshotContent content(Map<Long, String> state) {
        return stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            for (Map.Entry<Long, String> entry : state.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.flush();
        };
    }

    private static Map<Long, String> read(InputStream in) throws IOException {
        Map<Long, String> state = new TreeMap<>(Long::compareUnsigned);
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
        while (bytes.hasRemaining()) {
            long zxid = bytes.getLong();
            byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
            bytes.get(text);
            state.put(zxid, new String(text, StandardCharsets.UTF_8));
        }
        return state;
    }

    /** Everything delivered by recovery, then what it has handed out undelivered. */
    List<Long> recovered() {
        List<Long> zxids = new ArrayList<>();
        delivered.forEach((zxid, text) -> {
            require(text.equals(textOf(zxid)), zxid);
            zxids.add(zxid);
        });
        for (Records records : history.uncommitted()) {
            records.forEach((zxid, type, payload) -> {
                if (type == RecordType.TXN) {
                    require(text(payload).equals(textOf(zxid)), zxid);
                    zxids.add(zxid);
                }
            });
        }
        return zxids;
    }

    private static void require(boolean holds, long zxid) {
        if (!holds) {
            throw new IllegalStateException("Another text at " + Zxid.toString(zxid));
        }
    }

    Map<Long, String> delivered() {
        return delivered;
    }

    /** What the disk was reported to have failed with, or null. */
    @Nullable
    Throwable fault() {
        return faults.isEmpty() ? null : faults.getFirst();
    }

    /** A server as a membership lists it. */
    static Member member(long id) {
        return Member.parse(id, "host" + id + ":1:2");
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
