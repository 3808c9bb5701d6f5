package io.pando.server.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pando.server.figures.Turn;
import io.pando.server.socket.ChannelSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AskersTest {
    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final Askers askers = new Askers(thread::add);
    private int made;

    @Test
    void who_asks_the_same_before_the_answer_is_begun_gets_the_same_answer() {
        EmbeddedChannel first = ask("wchc");
        EmbeddedChannel second = ask("wchc");
        EmbeddedChannel other = ask("cons");

        answerAll();

        assertEquals("wchc 1", answerOf(first));
        assertEquals("wchc 1", answerOf(second));
        assertEquals("cons 2", answerOf(other));
    }

    @Test
    void who_asks_later_is_told_what_is_so_then() {
        ask("wchc");
        answerAll();

        EmbeddedChannel later = ask("wchc");
        answerAll();

        assertEquals("wchc 2", answerOf(later));
    }

    @Test
    void a_long_answer_is_given_to_those_who_ask_within_a_second_and_to_nobody_later() {
        String suffix = " ".repeat(Askers.LONG_BYTES);
        EmbeddedChannel first = ask("wchc", suffix);
        first.freezeTime();
        answerAll();

        EmbeddedChannel soon = ask("wchc", suffix);
        assertEquals("wchc 1" + suffix, answerOf(soon));
        EmbeddedChannel other = ask("cons", suffix);
        answerAll();
        assertEquals("cons 2" + suffix, answerOf(other));

        first.advanceTimeBy(1, TimeUnit.SECONDS);
        first.runPendingTasks();
        EmbeddedChannel later = ask("wchc", suffix);
        answerAll();
        assertEquals("wchc 3" + suffix, answerOf(later));
        first.finishAndReleaseAll();
    }

    @Test
    void nothing_is_made_for_those_who_are_gone() {
        EmbeddedChannel gone = ask("wchc");
        gone.close();

        answerAll();

        assertEquals(0, made);
        assertNull(answerOf(gone));
    }

    private EmbeddedChannel ask(String word) {
        return ask(word, "");
    }

    private EmbeddedChannel ask(String word, String suffix) {
        EmbeddedChannel channel = new EmbeddedChannel();
        var socket = new ChannelSocket(channel);
        Outgoing out = new Outgoing(socket, new Turn(), new Backlog(new Connections(), 1_000_000), () -> {});
        askers.ask(new Greeting.Command(bytes -> word + " " + ++made + suffix, word.getBytes(US_ASCII)), socket, out);
        return channel;
    }

    private void answerAll() {
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    private static @Nullable String answerOf(EmbeddedChannel channel) {
        channel.runPendingTasks();
        ByteBuf answer = channel.readOutbound();
        if (answer == null) {
            return null;
        }
        String text = answer.toString(US_ASCII);
        answer.release();
        return text;
    }
}
