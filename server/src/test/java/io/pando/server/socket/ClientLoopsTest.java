package io.pando.server.socket;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.channel.Channel;
import io.netty.channel.ReflectiveChannelFactory;
import io.pando.zab.transport.LoopThread;
import io.pando.zab.transport.Sockets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientLoopsTest {
    private final LoopThread core = new LoopThread("pando-core", Duration.ZERO);
    private final ClientLoops loops = new ClientLoops(core.loop(), 2, 1, Duration.ZERO);

    @AfterEach
    void stop() {
        loops.shutdownGracefully().syncUninterruptibly();
        core.close();
    }

    @Test
    void the_core_serves_the_first_clients_and_others_the_rest() {
        assertSame(core.loop(), client().eventLoop());
        assertSame(core.loop(), client().eventLoop());

        assertSame(loops.next(), client().eventLoop());
    }

    @Test
    void the_place_of_a_client_that_is_gone_is_the_next_ones() {
        Channel first = client();
        client();

        first.close().syncUninterruptibly();

        assertSame(core.loop(), client().eventLoop());
        assertNotSame(core.loop(), client().eventLoop());
    }

    private Channel client() {
        Channel client = new ReflectiveChannelFactory<>(Sockets.listening()).newChannel();
        loops.register(client).syncUninterruptibly();
        return client;
    }
}
