package io.pando.test.whole;

import io.pando.zab.model.Member;
import io.pando.zab.transport.SnapshotShelf;
import io.pando.zab.transport.SnapshotSink;
import io.pando.zab.transport.SnapshotSource;
import io.pando.zab.transport.SnapshotTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Snapshots that one server fetches in one of its lives: part by part, until one of both is gone or cut off. */
final class SimSnapshots implements SnapshotTransport {
    private static final int PART_BYTES = 2000;

    private final SimHost host;
    private final World world;
    private final SnapshotShelf shelf;

    SimSnapshots(SimHost host, World world, SnapshotShelf shelf) {
        this.host = host;
        this.world = world;
        this.shelf = shelf;
    }

    @Override
    public CompletableFuture<Long> fetch(Member from, long atLeastZxid, SnapshotSink sink) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        Transfer transfer = new Transfer(from.id(), sink, result);
        host.later(host.diskTime(), () -> transfer.guarded(() -> transfer.begin(atLeastZxid)));
        return result;
    }

    private interface Step {
        void take() throws IOException;
    }

    private final class Transfer {
        private final long from;
        private final SnapshotSink sink;
        private final CompletableFuture<Long> result;
        private @Nullable SnapshotSource source;
        private @Nullable Life sourceLife;
        private long offset;

        Transfer(long from, SnapshotSink sink, CompletableFuture<Long> result) {
            this.from = from;
            this.sink = sink;
            this.result = result;
        }

        private void guarded(Step step) {
            try {
                if (result.isCancelled()) {
                    end();
                    sink.abandon();
                } else {
                    step.take();
                }
            } catch (IOException e) {
                end();
                sink.abandon();
                world.coverage().count("snapshots broken off");
                result.completeExceptionally(e);
            }
        }

        private void end() {
            try {
                if (source != null) {
                    source.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void begin(long atLeastZxid) throws IOException {
            Life there = world.server(from).life();
            SimSnapshots its = there == null ? null : there.host().snapshots();
            if (there == null || its == null || !isReachable()) {
                throw new IOException("Server " + from + " is not there");
            }
            sourceLife = there;
            source = its.shelf.open(atLeastZxid, 0);
            if (source == null) {
                throw new IOException("Server " + from + " has none");
            }
            sink.begin(source.zxid(), source.lengthBytes());
            next(source);
        }

        private boolean isReachable() {
            return world.paths().isOpen(from, host.serverId()) && world.paths().isOpen(host.serverId(), from);
        }

        private void next(SnapshotSource open) {
            host.later(host.diskTime(), () -> guarded(() -> takePart(open)));
        }

        private void takePart(SnapshotSource open) throws IOException {
            if (world.server(from).life() != sourceLife || !isReachable()) {
                throw new IOException("Server " + from + " is gone");
            }
            if (offset == open.lengthBytes()) {
                end();
                sink.complete();
                world.coverage().count("snapshots fetched");
                result.complete(open.zxid());
                return;
            }
            ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
            open.read(part, offset);
            part.flip();
            int length = part.remaining();
            sink.write(part, offset);
            offset += length;
            next(open);
        }
    }

    @Override
    public void close() {}
}
