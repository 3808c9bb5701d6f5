package io.pando.test.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.harness.Op;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * One connection through a {@link LyingRelay}, frame by frame. A thread for each direction; the monitor guards what they share, and what is
 * sent to the client, which expects answers in the order of its requests.
 */
final class Conversation {
    private static final int LIE_ONE_IN = 20;
    private static final int XID_OF_EVENT = -1;
    private static final int HEADER_BYTES = 16;
    private static final int ZXID_AT = 4;
    private static final int ERROR_AT = 12;
    private static final int STAT_BYTES = 68;
    private static final int MZXID_AT = 8;
    private static final int VERSION_AT = 32;

    private final Socket client;
    private final Socket server;
    private final Broken broken;
    private final Memory memory;
    private final RandomGenerator chance;
    private final AtomicInteger lies;
    private final Deque<Expected> expected = new ArrayDeque<>();
    private long lastZxid;

    /** What the client waits for, in this order. */
    private sealed interface Expected {
        /** The server will answer. */
        record Answer(int op, String path) implements Expected {}

        /** Nobody but we will answer; the request was not passed on. */
        record Lie(ByteBuffer frame) implements Expected {}
    }

    Conversation(
            Socket client, Socket server, Broken broken, Memory memory, RandomGenerator chance, AtomicInteger lies) {
        this.client = client;
        this.server = server;
        this.broken = broken;
        this.memory = memory;
        this.chance = chance;
        this.lies = lies;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pump(client, server, this::request));
        Thread.ofVirtual().start(() -> pump(server, client, this::answer));
    }

    private interface Step {
        void take(byte[] frame) throws IOException;
    }

    /** The first frame of each direction is the handshake. */
    private void pump(Socket from, Socket to, Step step) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            send(to, frameOf(in));
            while (true) step.take(frameOf(in));
        } catch (IOException e) {
            // One end is gone; closing both tells the other.
        } finally {
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    private static byte[] frameOf(DataInputStream in) throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    private static void send(Socket to, byte[] frame) throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(4 + frame.length);
        new DataOutputStream(to.getOutputStream())
                .write(framed.putInt(frame.length).put(frame).array());
    }

    private void request(byte[] frame) throws IOException {
        if (passes(frame)) send(server, frame);
    }

    /** Whether the server is to hear of it. */
    private synchronized boolean passes(byte[] frame) throws IOException {
        ByteBuffer request = ByteBuffer.wrap(frame);
        int xid = request.getInt();
        int op = request.getInt();
        if (xid <= 0) return true;
        String path = op == Op.SET_DATA || op == Op.GET_DATA ? text(request) : "";
        Optional<byte[]> lie = op == Op.SET_DATA ? pretendToSet(xid, path, request) : Optional.empty();
        if (lie.isEmpty()) {
            expected.add(new Expected.Answer(op, path));
            return true;
        }
        lies.incrementAndGet();
        expected.add(new Expected.Lie(ByteBuffer.wrap(lie.get())));
        sendLies();
        return false;
    }

    private Optional<byte[]> pretendToSet(int xid, String path, ByteBuffer rest) {
        Memory.Stat known = memory.stat(path);
        if (broken != Broken.DROP_ACKNOWLEDGED || known == null || !isTimeToLie()) return Optional.empty();
        rest.position(rest.position() + 4 + Math.max(0, rest.getInt(rest.position())));
        int expectedVersion = rest.getInt();
        if (expectedVersion != -1 && expectedVersion != known.version()) return Optional.empty();
        ByteBuffer answer = ByteBuffer.allocate(HEADER_BYTES + STAT_BYTES);
        answer.putInt(xid).putLong(lastZxid).putInt(0).put(known.bytes().duplicate());
        answer.putInt(HEADER_BYTES + VERSION_AT, known.version() + 1).putLong(HEADER_BYTES + MZXID_AT, lastZxid);
        return Optional.of(answer.array());
    }

    private synchronized void answer(byte[] frame) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(frame);
        int xid = header.getInt(0);
        if (xid <= 0) {
            if (broken == Broken.LOST_EVENTS && xid == XID_OF_EVENT && isTimeToLie()) {
                lies.incrementAndGet();
            } else {
                send(client, frame);
            }
            return;
        }
        lastZxid = Math.max(lastZxid, header.getLong(ZXID_AT));
        if (!(expected.poll() instanceof Expected.Answer to)) throw new IOException("An answer to nothing");
        boolean isOk = header.getInt(ERROR_AT) == 0;
        send(client, isOk ? told(frame, to) : frame);
        sendLies();
    }

    /** What the client is told where the server answered this. */
    private byte[] told(byte[] frame, Expected.Answer to) {
        if (to.op() == Op.SET_DATA || to.op() == Op.GET_DATA) {
            ByteBuffer stat = ByteBuffer.wrap(frame, frame.length - STAT_BYTES, STAT_BYTES)
                    .slice();
            memory.learn(to.path(), new Memory.Stat(stat, stat.getInt(VERSION_AT)));
        }
        if (broken != Broken.STALE_READS || to.op() != Op.GET_DATA) return frame;
        ByteBuffer body = ByteBuffer.wrap(frame, HEADER_BYTES, frame.length - HEADER_BYTES)
                .slice();
        ByteBuffer earlier = memory.earlier(to.path(), body).orElse(body);
        if (earlier.equals(body) || !isTimeToLie()) return frame;
        lies.incrementAndGet();
        ByteBuffer stale = ByteBuffer.allocate(HEADER_BYTES + earlier.remaining());
        return stale.put(frame, 0, HEADER_BYTES).put(earlier.duplicate()).array();
    }

    private boolean isTimeToLie() {
        return chance.nextInt(LIE_ONE_IN) == 0;
    }

    private void sendLies() throws IOException {
        while (expected.peek() instanceof Expected.Lie lie) {
            expected.poll();
            send(client, lie.frame().array());
        }
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
