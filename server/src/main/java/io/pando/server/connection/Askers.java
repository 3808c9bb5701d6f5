package io.pando.server.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.pando.server.socket.ClientSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the answer to a four-letter command. An answer may be long to make, and they may be many: all who have asked the same before it is begun
 * get the same one, and a long one is given to those who ask within a second besides. It takes megabytes of memory and milliseconds to make, and a hundred who ask in turn would fill the
 * heap with it.
 *
 * <p>Where event loops, which ask, and the thread that answers meet.
 */
final class Askers {
    /** Shorter answers are made anew for whoever asks behind another. */
    static final int LONG_BYTES = 64 * 1024;

    private static final int GOOD_FOR_SECONDS = 1;

    private final Executor thread;
    private final Map<ByteBuffer, List<Asker>> waiting =
            new HashMap<>(); // by the bytes of the command; guarded by this
    private final Map<ByteBuffer, byte[]> longOnes = new HashMap<>(); // those that are still good; guarded by this

    private record Asker(ClientSocket socket, Outgoing out) {}

    /** @param thread makes the answers */
    Askers(Executor thread) {
        this.thread = thread;
    }

    /** Has the command answered, and the connection ended behind that. Event loop of the socket. */
    void ask(Greeting.Command command, ClientSocket socket, Outgoing out) {
        ByteBuffer key = ByteBuffer.wrap(command.bytes());
        byte[] made = askForNew(command, key, new Asker(socket, out));
        if (made != null) {
            out.textAndClose(made);
        }
    }

    /** Returns the answer if there is a good one, or else has one made. */
    private byte @Nullable [] askForNew(Greeting.Command command, ByteBuffer key, Asker asker) {
        synchronized (this) {
            byte[] good = longOnes.get(key);
            if (good != null) {
                return good;
            }
            List<Asker> same = waiting.get(key);
            if (same != null) {
                same.add(asker);
                return null;
            }
            waiting.put(key, new ArrayList<>(List.of(asker)));
        }
        thread.execute(() -> answer(command, key));
        return null;
    }

    private void answer(Greeting.Command command, ByteBuffer key) {
        List<Asker> askers;
        synchronized (this) {
            askers = Objects.requireNonNull(waiting.remove(key));
        }
        askers.removeIf(asker -> !asker.socket().isOpen());
        if (!askers.isEmpty()) {
            byte[] text = command.answer().getBytes(UTF_8);
            if (text.length >= LONG_BYTES) {
                keep(key, text, askers.get(0).socket().loop());
            }
            for (Asker asker : askers) {
                asker.socket().loop().execute(() -> asker.out().textAndClose(text));
            }
        }
    }

    private void keep(ByteBuffer key, byte[] text, EventLoop clock) {
        synchronized (this) {
            longOnes.put(key, text);
        }
        clock.schedule(() -> forget(key), GOOD_FOR_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void forget(ByteBuffer key) {
        longOnes.remove(key);
    }
}
