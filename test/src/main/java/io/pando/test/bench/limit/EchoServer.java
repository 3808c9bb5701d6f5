package io.pando.test.bench.limit;

import io.pando.test.bench.load.Frames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A process that does nothing but what no server can do without: one read and one write for what has arrived, on one thread. It hangs
 * up after a farewell, and tells everybody of a change. {@link EchoProcess} starts it.
 */
public final class EchoServer {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Selector selector;

    private EchoServer(Selector selector) {
        this.selector = selector;
    }

    /** Prints its port, and ends when its standard input does: with whoever started it. */
    public static void main(String[] args) throws IOException {
        try (var selector = Selector.open();
                var door = ServerSocketChannel.open()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            door.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            var starter = new Thread(EchoServer::endWithWhoeverStartedThis, "starter");
            starter.setDaemon(true);
            starter.start();
            System.out.println(door.socket().getLocalPort());
            new EchoServer(selector).run();
        }
    }

    private static void endWithWhoeverStartedThis() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // As good as its end.
        }
        System.exit(0);
    }

    private void run() throws IOException {
        while (true) {
            selector.select(this::serve);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.channel() instanceof ServerSocketChannel door) {
                var client = door.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            } else {
                answer((SocketChannel) key.channel());
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void answer(SocketChannel client) throws IOException {
        if (client.read(buffer.clear()) < 0) {
            client.close();
            return;
        }
        buffer.flip();
        switch (operation()) {
            case Frames.SET_DATA -> tellEverybody();
            case Frames.CLOSE_SESSION -> {
                send(client);
                client.close();
            }
            default -> send(client);
        }
    }

    /** Of the first request that has arrived; 0 if it is no whole one. */
    private int operation() {
        return buffer.limit() < Frames.OPERATION_AT + Integer.BYTES ? 0 : buffer.getInt(Frames.OPERATION_AT);
    }

    private void tellEverybody() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.channel() instanceof SocketChannel client) {
                buffer.rewind();
                send(client);
            }
        }
    }

    /** Waits where the other side takes nothing: it has no more under way than a socket holds. */
    private void send(SocketChannel client) throws IOException {
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }
}
