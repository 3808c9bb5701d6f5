package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.pando.datatree.Stat;
import io.pando.server.figures.Turn;
import io.pando.server.socket.ChannelSocket;
import io.pando.server.watch.Notification;
import io.pando.session.EventType;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    @Test
    void a_client_that_does_not_take_its_last_answer_is_hung_up_on_after_ten_seconds() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingIsTaken());
        Outgoing out =
                new Outgoing(new ChannelSocket(channel), new Turn(), new Backlog(new Connections(), 1), () -> {});
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

        new Outgoing(new ChannelSocket(channel), new Turn(), new Backlog(new Connections(), 1), () -> {})
                .textAndClose(new byte[4]);
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

        new Outgoing(new ChannelSocket(channel), new Turn(), new Backlog(connections, 80_000), () -> {})
                .textAndClose(new byte[20_000]);

        assertTrue(most.givenUp);
        channel.finishAndReleaseAll();
    }

    @Test
    void a_long_reply_waits_for_its_turn_and_so_does_what_comes_behind_it() {
        EmbeddedChannel channel = new EmbeddedChannel();
        AtomicInteger turnsAwaited = new AtomicInteger();
        Outgoing out = new Outgoing(
                new ChannelSocket(channel),
                new Turn(),
                new Backlog(new Connections(), 1_000_000),
                turnsAwaited::incrementAndGet);

        out.reply(1, 5, new Reply.Nothing());
        out.reply(2, 5, new Reply.Names(Collections.nCopies(10_000, "child")));
        out.reply(3, 5, new Reply.Nothing());
        out.flush();

        assertEquals(List.of(1), xidsSent(channel));
        assertEquals(1, turnsAwaited.get());
        assertFalse(out.takesMore());

        out.sendPiece();
        out.sendPiece();

        assertEquals(List.of(2, 3), xidsSent(channel));
        assertTrue(out.takesMore());
    }

    @Test
    void a_long_reply_is_sent_before_the_end() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outgoing out = new Outgoing(
                new ChannelSocket(channel), new Turn(), new Backlog(new Connections(), 1_000_000), () -> {});

        out.reply(1, 5, new Reply.Names(Collections.nCopies(10_000, "child")));
        out.reply(2, 5, new Reply.Nothing());
        out.flushAndClose();

        assertEquals(List.of(1, 2), xidsSent(channel));
        assertFalse(channel.isOpen());
    }

    @Test
    void the_pieces_of_a_long_reply_are_the_frame_that_it_is() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outgoing out = outgoing(channel);
        Reply reply = new Reply.Results(List.of(
                MultiResult.of(OpCode.GET_DATA, dataOf(200_000)),
                MultiResult.of(OpCode.GET_DATA, dataOf(3)),
                MultiResult.of(OpCode.GET_DATA, dataOf(WireWriter.LONG_BYTES))));
        ByteBuf whole = Unpooled.buffer();
        reply.writeFrame(7, 5, new WireWriter(whole));

        out.reply(7, 5, reply);
        int pieces = 0;
        for (; !out.takesMore(); pieces++) {
            out.sendPiece();
        }

        assertEquals(4, pieces);
        assertEquals(whole, bytesSent(channel));
    }

    @Test
    void a_client_that_does_not_read_is_sent_a_piece_and_no_more() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingLeaves());
        AtomicInteger turnsAwaited = new AtomicInteger();
        Outgoing out = new Outgoing(
                new ChannelSocket(channel),
                new Turn(),
                new Backlog(new Connections(), 10_000_000),
                turnsAwaited::incrementAndGet);
        Reply.DataAndStat reply = dataOf(1_000_000);

        out.reply(1, 5, reply);
        out.sendPiece();
        out.goOn();

        assertEquals(1, turnsAwaited.get());
        assertTrue(out.unsentBytes() < 100_000);
        assertEquals(List.of(reply.data()), out.borrowed());
        out.discard();
        assertEquals(List.of(), out.borrowed());
        channel.finishAndReleaseAll();
    }

    @Test
    void a_client_that_has_taken_a_piece_has_another_turn() {
        EmbeddedChannel channel = new EmbeddedChannel();
        AtomicInteger turnsAwaited = new AtomicInteger();
        Outgoing out = new Outgoing(
                new ChannelSocket(channel),
                new Turn(),
                new Backlog(new Connections(), 10_000_000),
                turnsAwaited::incrementAndGet);

        out.reply(1, 5, dataOf(1_000_000));
        out.goOn();
        assertEquals(1, turnsAwaited.get());

        out.sendPiece();
        out.goOn();
        out.goOn();
        assertEquals(2, turnsAwaited.get());

        out.discard();
        channel.finishAndReleaseAll();
    }

    @Test
    void a_client_that_is_not_waited_for_is_sent_as_much_as_it_takes() {
        EmbeddedChannel deaf = new EmbeddedChannel(new NothingLeaves());
        Outgoing toTheDeaf = outgoing(deaf);
        EmbeddedChannel eager = new EmbeddedChannel();
        Outgoing toTheEager = outgoing(eager);

        toTheDeaf.reply(1, 5, dataOf(1_000_000));
        toTheDeaf.sendWhatIsTaken();
        toTheEager.reply(1, 5, dataOf(1_000_000));
        toTheEager.reply(2, 5, new Reply.Nothing());
        toTheEager.sendWhatIsTaken();

        assertTrue(toTheDeaf.unsentBytes() < 100_000);
        assertEquals(List.of(1, 2), xidsSent(eager));
        toTheDeaf.discard();
        deaf.finishAndReleaseAll();
    }

    @Test
    void events_that_wait_behind_a_long_reply_are_counted() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingLeaves());
        Outgoing out = outgoing(channel);

        out.reply(1, 5, dataOf(1_000_000));
        out.sendPiece();
        long before = out.unsentBytes();
        for (int i = 0; i < 1_000; i++) {
            out.event(new Notification(EventType.NODE_DATA_CHANGED, "/watched", 6));
        }

        assertTrue(out.unsentBytes() > before + 1_000L * "/watched".length());
        out.discard();
        channel.finishAndReleaseAll();
    }

    @Test
    void what_a_client_does_not_take_anyway_is_gathered_rather_than_sent_turn_by_turn() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingLeaves());
        Outgoing out = outgoing(channel);
        fill(channel, out);
        int entries = channel.unsafe().outboundBuffer().size();
        long before = out.unsentBytes();

        for (int i = 0; i < 100; i++) {
            out.event(new Notification(EventType.NODE_DATA_CHANGED, "/watched", 6));
            out.flush();
        }

        assertEquals(entries, channel.unsafe().outboundBuffer().size());
        assertTrue(out.unsentBytes() > before + 100L * "/watched".length());
        out.discard();
        channel.finishAndReleaseAll();
    }

    @Test
    void what_was_gathered_leaves_in_its_order_when_the_client_takes_what_came_before() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outgoing out = outgoing(channel);
        setWritable(channel, false);
        for (int xid = 1; xid <= 3; xid++) {
            out.reply(xid, 5, new Reply.Nothing());
            out.flush();
        }
        assertEquals(List.of(), xidsSent(channel));

        setWritable(channel, true);
        out.reply(4, 5, new Reply.Nothing());
        out.flush();

        assertEquals(List.of(1, 2, 3, 4), xidsSent(channel));
        assertEquals(0, out.unsentBytes());
    }

    @Test
    void what_was_gathered_leaves_before_it_grows_long() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Outgoing out = outgoing(channel);
        setWritable(channel, false);

        out.reply(1, 5, dataOf(40_000));
        out.reply(2, 5, dataOf(40_000));
        out.flush();

        assertEquals(List.of(1, 2), xidsSent(channel));
    }

    private static void fill(EmbeddedChannel channel, Outgoing out) {
        while (channel.isWritable()) {
            out.reply(1, 5, dataOf(40_000));
            out.flush();
        }
    }

    private static void setWritable(EmbeddedChannel channel, boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    }

    private static Outgoing outgoing(EmbeddedChannel channel) {
        return new Outgoing(
                new ChannelSocket(channel), new Turn(), new Backlog(new Connections(), 10_000_000), () -> {});
    }

    private static Reply.DataAndStat dataOf(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        return new Reply.DataAndStat(data, new Stat(1, 2, 3, 4, 5, 6, 7, 8, bytes, 0, 9));
    }

    private static List<Integer> xidsSent(EmbeddedChannel channel) {
        List<Integer> xids = new ArrayList<>();
        ByteBuf sent = bytesSent(channel);
        while (sent.isReadable()) {
            int length = sent.readInt();
            xids.add(sent.getInt(sent.readerIndex()));
            sent.skipBytes(length);
        }
        return xids;
    }

    private static ByteBuf bytesSent(EmbeddedChannel channel) {
        channel.runPendingTasks();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            all.writeBytes(sent);
            sent.release();
        }
        return all;
    }

    /** Whatever is written stays where it is. */
    private static final class NothingLeaves extends ChannelDuplexHandler {
        @Override
        public void flush(ChannelHandlerContext context) {}

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // What has not left when the channel is closed.
        }
    }

    /** Its socket is full, and stays so. */
    private static final class NothingIsTaken extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
        }
    }
}
