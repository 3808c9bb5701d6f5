package io.pando.test.bench.load;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Speaks just enough of the protocol to be loaded: accepts every session, and answers each request with the error that its
 * number deserves. What it says arrives in crumbs of a few bytes.
 *
 * <p>A thread per connection; the test's thread reads {@link #requests()}.
 */
final class AnsweringServer implements AutoCloseable {
    private static final int CLOSE_SESSION = -11;

    private final ServerSocket socket;
    private final int crumbBytes;
    private final int bodyBytes;
    private final IntUnaryOperator errorOfRequest;
    private final AtomicInteger requests = new AtomicInteger();

    AnsweringServer(int crumbBytes, int bodyBytes, IntUnaryOperator errorOfRequest) throws IOException {
        this.crumbBytes = crumbBytes;
        this.bodyBytes = bodyBytes;
        this.errorOfRequest = errorOfRequest;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Without opening and closing sessions. */
    int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(new Crumbs(client.getOutputStream()));
            in.readNBytes(in.readInt());
            acceptSession(out);
            while (answer(in, out)) {
                out.flush();
            }
            out.flush();
        } catch (IOException gone) {
            // The client hung up, which is its right.
        }
    }

    private static void acceptSession(DataOutputStream out) throws IOException {
        out.writeInt(37);
        out.writeInt(0);
        out.writeInt(40_000);
        out.writeLong(1);
        out.writeInt(16);
        out.write(new byte[17]);
        out.flush();
    }

    private boolean answer(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        int xid = in.readInt();
        int opCode = in.readInt();
        in.skipNBytes(length - 8);
        boolean closes = opCode == CLOSE_SESSION;
        out.writeInt(16 + bodyBytes);
        out.writeInt(xid);
        out.writeLong(1);
        out.writeInt(closes ? 0 : errorOfRequest.applyAsInt(requests.incrementAndGet()));
        out.write(new byte[bodyBytes]);
        return !closes;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands on what it gets a few bytes at a time, each in a packet of its own. */
    private final class Crumbs extends OutputStream {
        private final OutputStream out;

        Crumbs(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int letter) throws IOException {
            out.write(letter);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int done = 0; done < length; done += crumbBytes) {
                out.write(bytes, from + done, Math.min(crumbBytes, length - done));
            }
        }
    }
}
