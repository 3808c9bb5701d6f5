package io.pando.server.rehearsal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.ConnectRequest;
import io.pando.session.Request;
import io.pando.session.Xids;
import io.pando.session.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.IntFunction;

/** One session over one blocking socket: sends requests by the hundred and waits for as many answers. */
final class RehearsalClient implements Closeable {
    private static final int AT_ONCE = 250;
    private static final int TIMEOUT_MS = 30_000;
    private static final int PATIENCE_MS = 60_000;
    // Between the length of a reply and its body: xid, zxid, error.
    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final ByteBuf frames = Unpooled.buffer();
    private final WireWriter writer = new WireWriter(frames);
    private int xid;

    RehearsalClient(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(server);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        new ConnectRequest(0, 0, TIMEOUT_MS, 0, new byte[16], false, true).writeFrame(writer);
        send();
        in.skipNBytes(in.readInt());
    }

    /** One more session with the same server. */
    RehearsalClient another() throws IOException {
        return new RehearsalClient((InetSocketAddress) socket.getRemoteSocketAddress());
    }

    /** The requests numbered 0 to {@code count - 1}, many at once; each must succeed. */
    void ask(int count, IntFunction<Request> requests) throws IOException {
        ask(count, AT_ONCE, requests);
    }

    /** The same, each when the one before is answered. */
    void askOneByOne(int count, IntFunction<Request> requests) throws IOException {
        ask(count, 1, requests);
    }

    private void ask(int count, int atOnce, IntFunction<Request> requests) throws IOException {
        for (int from = 0; from < count; from += atOnce) {
            int to = Math.min(count, from + atOnce);
            for (int i = from; i < to; i++) {
                requests.apply(i).writeFrame(++xid, writer);
            }
            send();
            for (int i = from; i < to; i++) {
                readReply();
            }
        }
    }

    private void send() throws IOException {
        frames.readBytes(out, frames.readableBytes());
        frames.clear();
    }

    /** Events that come before it are passed over. */
    private void readReply() throws IOException {
        int xidOfReply;
        do {
            int lengthBytes = in.readInt();
            xidOfReply = in.readInt();
            in.skipNBytes(Long.BYTES);
            int error = in.readInt();
            if (error != 0) {
                throw new IOException("A request of the rehearsal was answered with error " + error);
            }
            in.skipNBytes(lengthBytes - HEADER_BYTES);
        } while (xidOfReply == Xids.NOTIFICATION);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
