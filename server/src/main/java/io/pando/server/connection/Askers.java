package io.pando.server.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Those who wait for the answer to a four-letter command. An answer may be long to make, and they may be many: all who have asked the same before it is begun
 * get the same one.
 *
 * <p>Where event loops, which ask, and the thread that answers meet.
 */
final class Askers {
    private final Executor thread;
    private final Map<ByteBuffer, List<Asker>> waiting =
            new HashMap<>(); // by the bytes of the command; guarded by this

    private record Asker(Channel channel, Outgoing out) {}

    /** @param thread makes the answers */
    Askers(Executor thread) {
        this.thread = thread;
    }

    /** Has the command answered, and the connection ended behind that. Event loop of the channel. */
    void ask(Greeting.Command command, Channel channel, Outgoing out) {
        ByteBuffer key = ByteBuffer.wrap(command.bytes());
        synchronized (this) {
            List<Asker> same = waiting.get(key);
            if (same != null) {
                same.add(new Asker(channel, out));
                return;
            }
            waiting.put(key, new ArrayList<>(List.of(new Asker(channel, out))));
        }
        thread.execute(() -> answer(command, key));
    }

    private void answer(Greeting.Command command, ByteBuffer key) {
        List<Asker> askers;
        synchronized (this) {
            askers = Objects.requireNonNull(waiting.remove(key));
        }
        askers.removeIf(asker -> !asker.channel().isOpen());
        if (!askers.isEmpty()) {
            byte[] text = command.answer().getBytes(UTF_8);
            for (Asker asker : askers) {
                asker.channel().eventLoop().execute(() -> asker.out().textAndClose(text));
            }
        }
    }
}
