package io.pando.zab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private final BlockingQueue<Channel> open = new LinkedBlockingQueue<>();

    private ChannelInboundHandlerAdapter tellsThatItIsOpen() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                open.add(context.channel());
            }
        };
    }

    @Test
    void both_ends_of_an_idle_connection_find_out_within_seconds_that_the_other_machine_was_started_anew()
            throws Exception {
        assumeTrue(Epoll.isAvailable(), "only the options of epoll can be read back");
        Duration timeout = Duration.ofSeconds(10);
        try (LoopThread thread = new LoopThread("test-network", Duration.ZERO);
                Network network =
                        new Network(thread.loop(), "test-resolve", InetAddress::getAllByName, timeout, timeout)) {
            InetSocketAddress listening =
                    network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::tellsThatItIsOpen);
            network.dial(listening.getHostString(), listening.getPort(), 0, this::tellsThatItIsOpen, failure -> {});

            for (Channel end : List.of(open.take(), open.take())) {
                assertEquals(
                        1, end.config().getOption(EpollChannelOption.TCP_KEEPIDLE), "seconds until the first probe");
                assertEquals(1, end.config().getOption(EpollChannelOption.TCP_KEEPINTVL), "seconds between probes");
                assertEquals(3, end.config().getOption(EpollChannelOption.TCP_KEEPCNT), "probes without an answer");
            }
        }
    }
}
