package io.pando.test.bench.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether a server serves: opens a session and reads a znode.
 *
 * <p>Stands between starting a server and loading it.
 */
public final class Probe implements AutoCloseable {
    private static final Duration FIRST_PATIENCE = Duration.ofMillis(250);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

    private final LoadLoop loop = new LoadLoop();
    private final InetSocketAddress server;
    private final Frame read;
    private Duration patience = FIRST_PATIENCE;

    public Probe(InetSocketAddress server, String path) {
        this.server = server;
        read = Frames.exists(path);
    }

    /** Whether it could be asked at all; then it must have answered well. */
    public boolean reads() {
        long began = System.nanoTime();
        int error;
        try {
            error = answer();
        } catch (LoadException notYet) {
            beMorePatientIfThatWasWhy(System.nanoTime() - began);
            return false;
        } finally {
            loop.cutAll();
        }
        if (error != 0) {
            throw new LoadException(server + " answers " + error + " to a read that must succeed.");
        }
        return true;
    }

    /**
     * A starting server can take a handshake and forget it, so the first tries are short; it can also be slow, so they grow.
     */
    private void beMorePatientIfThatWasWhy(long tookNanos) {
        if (tookNanos >= patience.toNanos() && patience.compareTo(LONGEST_PATIENCE) < 0) {
            patience = patience.multipliedBy(2);
        }
    }

    private int answer() {
        var answer = new Answer();
        var connection =
                Sessions.open(loop, List.of(server), 1, patience).connections().getFirst();
        connection.converse(answer);
        loop.send(connection, read, 1);
        loop.runUntil(() -> answer.came, patience, "a read");
        loop.send(connection, Frames.closeSession(), 2);
        return answer.error;
    }

    @Override
    public void close() {
        loop.close();
    }

    private static final class Answer implements Conversation {
        private boolean came;
        private int error;

        @Override
        public void onFrame(ByteBuffer in, int at, long nowNanos) {
            came = true;
            error = Reply.error(in, at);
        }
    }
}
