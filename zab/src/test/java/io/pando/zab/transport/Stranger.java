package io.pando.zab.transport;

import io.pando.zab.message.Frame;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Message;
import io.pando.zab.message.MessageCodec;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A bare socket that says what a test wants it to say. */
final class Stranger implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final @Nullable ServerSocket server;
    private Socket socket = new Socket();

    private Stranger(@Nullable ServerSocket server) {
        this.server = server;
    }

    static Stranger listening() throws IOException {
        return new Stranger(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
    }

    static Stranger dialing(int port) throws IOException {
        Stranger stranger = new Stranger(null);
        stranger.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        stranger.socket.setSoTimeout(PATIENCE_MS);
        return stranger;
    }

    int port() {
        if (server == null) {
            throw new IllegalStateException("It dials");
        }
        return server.getLocalPort();
    }

    Stranger accept() throws IOException {
        if (server != null) {
            socket.close();
            socket = server.accept();
            socket.setSoTimeout(PATIENCE_MS);
        }
        return this;
    }

    Stranger greetAs(long id, long to) throws IOException {
        return say(new Greeting(Greeting.Purpose.MESSAGES, to, TestPeer.helloOf(id, TestPeer.CLUSTER)).encode());
    }

    Stranger say(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return say(copy);
    }

    Stranger say(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Stranger say(Message message) throws IOException {
        Frame frame = new MessageCodec(FrameLimits.DEFAULT).encode(message);
        return say(frame.head()).say(frame.tail());
    }

    Greeting readGreeting() throws Exception {
        byte[] length = socket.getInputStream().readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            throw new EOFException("No greeting");
        }
        return Greeting.decode(ByteBuffer.wrap(
                socket.getInputStream().readNBytes(ByteBuffer.wrap(length).getInt())));
    }

    /** Returns when the other end has closed the connection. */
    void awaitClosed() throws IOException {
        try {
            socket.getInputStream().skip(Long.MAX_VALUE);
            while (socket.getInputStream().read() >= 0) {
                socket.getInputStream().skip(Long.MAX_VALUE);
            }
        } catch (SocketException reset) {
            // closed with something unread: as good as any other end
        }
    }

    /** Ends with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        if (server != null) {
            server.close();
        }
    }
}
