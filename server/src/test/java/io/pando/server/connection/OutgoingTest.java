package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.pando.server.figures.Turn;
import io.pando.session.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    @Test
    void a_client_that_does_not_take_its_last_answer_is_hung_up_on_after_ten_seconds() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingIsTaken());
        Outgoing out = new Outgoing(channel, new Turn(), new Backlog(new Connections(), 1), () -> {});
        channel.freezeTime();

        out.textAndClose(new byte[4]);
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runPendingTasks();
        assertTrue(channel.isOpen());

        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runPendingTasks();
        assertFalse(channel.isOpen());
    }

    @Test
    void a_client_that_takes_its_last_answer_is_hung_up_on_at_once() {
        EmbeddedChannel channel = new EmbeddedChannel();

        new Outgoing(channel, new Turn(), new Backlog(new Connections(), 1), () -> {}).textAndClose(new byte[4]);
        channel.runPendingTasks();

        assertFalse(channel.isOpen());
        channel.releaseOutbound();
    }

    @Test
    void a_last_answer_that_is_not_taken_counts_among_what_clients_leave_unread() {
        Connections connections = new Connections();
        BacklogTest.Reader most = new BacklogTest.Reader(1_000_000);
        connections.add(most);
        EmbeddedChannel channel = new EmbeddedChannel(new NothingLeaves());

        new Outgoing(channel, new Turn(), new Backlog(connections, 80_000), () -> {}).textAndClose(new byte[20_000]);

        assertTrue(most.givenUp);
        channel.finishAndReleaseAll();
    }

    @Test
    void a_long_reply_waits_for_its_turn_and_so_does_what_comes_behind_it() {
        EmbeddedChannel channel = new EmbeddedChannel();
        AtomicInteger turnsAwaited = new AtomicInteger();
        Outgoing out = new Outgoing(
                channel, new Turn(), new Backlog(new Connections(), 1_000_000), turnsAwaited::incrementAndGet);

        out.reply(1, 5, new Reply.Nothing());
        out.reply(2, 5, new Reply.Names(Collections.nCopies(10_000, "child")));
        out.reply(3, 5, new Reply.Nothing());
        out.flush();

        assertEquals(List.of(1), xidsSent(channel));
        assertEquals(1, turnsAwaited.get());
        assertFalse(out.takesMore());

        out.sendLongReply();

        assertEquals(List.of(2, 3), xidsSent(channel));
        assertTrue(out.takesMore());
    }

    @Test
    void a_long_reply_is_sent_before_the_end() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outgoing out = new Outgoing(channel, new Turn(), new Backlog(new Connections(), 1_000_000), () -> {});

        out.reply(1, 5, new Reply.Names(Collections.nCopies(10_000, "child")));
        out.reply(2, 5, new Reply.Nothing());
        out.flushAndClose();

        assertEquals(List.of(1, 2), xidsSent(channel));
        assertFalse(channel.isOpen());
    }

    private static List<Integer> xidsSent(EmbeddedChannel channel) {
        channel.runPendingTasks();
        List<Integer> xids = new ArrayList<>();
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            while (sent.isReadable()) {
                int length = sent.readInt();
                xids.add(sent.getInt(sent.readerIndex()));
                sent.skipBytes(length);
            }
            sent.release();
        }
        return xids;
    }

    /** Whatever is written stays where it is. */
    private static final class NothingLeaves extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {}
    }

    /** Its socket is full, and stays so. */
    private static final class NothingIsTaken extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
        }
    }
}
