package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.pando.server.figures.Turn;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    @Test
    void a_client_that_does_not_take_its_last_answer_is_hung_up_on_after_ten_seconds() {
        EmbeddedChannel channel = new EmbeddedChannel(new NothingIsTaken());
        Outgoing out = new Outgoing(channel, new Turn(), new Backlog(new Connections(), 1));
        channel.freezeTime();

        out.textAndClose("imok");
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

        new Outgoing(channel, new Turn(), new Backlog(new Connections(), 1)).textAndClose("imok");
        channel.runPendingTasks();

        assertFalse(channel.isOpen());
        channel.releaseOutbound();
    }

    /** Its socket is full, and stays so. */
    private static final class NothingIsTaken extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
            ReferenceCountUtil.release(bytes);
        }
    }
}
