package io.pando.zab.runtime;

import io.pando.zab.core.Event;
import io.pando.zab.log.IncomingSnapshot;
import io.pando.zab.log.OutgoingSnapshot;
import io.pando.zab.log.SnapshotStore;
import io.pando.zab.model.Member;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import io.pando.zab.transport.SnapshotSink;
import io.pando.zab.transport.SnapshotSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots that go to other servers and come from them. What comes is written, verified and read in the background; the core only
 * hears that it is there, and puts it in force.
 */
final class SnapshotExchange {
    private static final Logger log = LoggerFactory.getLogger(SnapshotExchange.class);

    private final SnapshotStore store;
    private final StateMachine machine;
    private final Inbox inbox;
    // Put there by the thread that reads them, taken by the core.
    private final Map<Long, StateMachine.Loaded> loaded = new ConcurrentHashMap<>();

    SnapshotExchange(SnapshotStore store, StateMachine machine, Inbox inbox) {
        this.store = store;
        this.machine = machine;
        this.inbox = inbox;
    }

    /** What others may fetch. Any thread. */
    @Nullable
    SnapshotSource open(long atLeastZxid, long begunZxid) throws IOException {
        OutgoingSnapshot begun = begunZxid == Zxid.NONE ? null : store.at(begunZxid);
        OutgoingSnapshot snapshot = begun == null ? store.newest() : begun;
        if (snapshot == null) {
            return null;
        }
        if (Zxid.isAfter(atLeastZxid, snapshot.meta().zxid())) {
            snapshot.close();
            return null;
        }
        return new Source(snapshot);
    }

    private record Source(OutgoingSnapshot snapshot) implements SnapshotSource {
        @Override
        public long zxid() {
            return snapshot.meta().zxid();
        }

        @Override
        public long lengthBytes() {
            return snapshot.lengthBytes();
        }

        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
            return snapshot.read(into, offset);
        }

        @Override
        public void close() throws IOException {
            snapshot.close();
        }
    }

    /** Where the snapshot goes that was asked for with this token. */
    SnapshotSink sink(long token, Member from) {
        return new Sink(token, from);
    }

    void failed(long token, Throwable why) {
        inbox.put(new Event.SnapshotFetchFailed(token, String.valueOf(why.getMessage())));
    }

    /** Makes the snapshot the state. Core thread. */
    void install(long token) {
        Objects.requireNonNull(loaded.remove(token), "A snapshot that was never read")
                .install();
        // Those that came too late are of no more use.
        loaded.keySet().removeIf(other -> other < token);
    }

    /** Confined to the thread that writes what comes. */
    private final class Sink implements SnapshotSink {
        private final long token;
        private final Member from;
        private @Nullable IncomingSnapshot incoming;

        Sink(long token, Member from) {
            this.token = token;
            this.from = from;
        }

        @Override
        public void begin(long zxid, long lengthBytes) throws IOException {
            closeIncoming();
            log.info(
                    "Fetching the snapshot at {} from server {}: {} bytes.",
                    Zxid.toString(zxid),
                    from.id(),
                    lengthBytes);
            incoming = store.receive(zxid, lengthBytes);
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            begun().write(offset, bytes);
        }

        private IncomingSnapshot begun() {
            return Objects.requireNonNull(incoming, "begin() comes first");
        }

        @Override
        public void complete() throws IOException {
            SnapshotMeta meta = begun().finish();
            try (InputStream content = store.read(meta.zxid())) {
                loaded.put(token, machine.read(content, meta.zxid()));
            }
            inbox.put(new Event.SnapshotFetched(token, meta));
        }

        @Override
        public void abandon() {
            try {
                closeIncoming();
            } catch (IOException e) {
                log.warn("What was received of a snapshot could not be deleted", e);
            }
        }

        private void closeIncoming() throws IOException {
            if (incoming != null) {
                incoming.close();
            }
        }
    }
}
