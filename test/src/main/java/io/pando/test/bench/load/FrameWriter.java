package io.pando.test.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes one request of the client protocol into a {@link Frame}.
 *
 * <p>The {@code #} of a path are a hole that takes the digits of a key. The xid is left 0, to be written at each use.
 */
public final class FrameWriter {
    private static final int ALL_PERMS = 31;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final List<Frame.Hole> holes = new ArrayList<>();

    private FrameWriter() {}

    /** A request of a session: header, then what {@code body} writes. */
    public static Frame request(int opCode, Body body) {
        return frame(writer -> writer.number(0).number(opCode).then(body));
    }

    /** The handshake that opens a new session; it has no header. */
    public static byte[] connect(int timeoutMs) {
        return connect(timeoutMs, 0, new byte[16]);
    }

    /** The handshake that takes up a session. */
    static byte[] connect(int timeoutMs, long sessionId, byte[] password) {
        Body handshake = writer -> writer.number(0)
                .longNumber(0)
                .number(timeoutMs)
                .longNumber(sessionId)
                .data(password)
                .flag(false);
        return new FrameWriter().then(handshake).framed();
    }

    private static Frame frame(Body content) {
        var writer = new FrameWriter().then(content);
        return new Frame(writer.framed(), writer.holes.toArray(Frame.Hole[]::new));
    }

    public FrameWriter number(int value) {
        return write(() -> out.writeInt(value));
    }

    public FrameWriter flag(boolean value) {
        return write(() -> out.writeBoolean(value));
    }

    public FrameWriter data(byte[] value) {
        number(value.length);
        return write(() -> out.write(value));
    }

    /** A path; the digits of a key replace each {@code #}, even across slashes. */
    public FrameWriter path(String path) {
        int start = Integer.BYTES + bytes.size() + Integer.BYTES;
        int first = path.indexOf('#');
        if (first >= 0) {
            holes.add(new Frame.Hole(start + first, start + path.lastIndexOf('#')));
        }
        return text(path.replace('#', '0'));
    }

    /** The ACL that lets everybody do everything. */
    public FrameWriter openAcl() {
        return number(1).number(ALL_PERMS).text("world").text("anyone");
    }

    /** The header of one operation inside a multi. */
    public FrameWriter multiHeader(int opCode, boolean done) {
        return number(opCode).flag(done).number(-1);
    }

    public FrameWriter then(Body body) {
        body.writeTo(this);
        return this;
    }

    private FrameWriter text(String value) {
        return data(value.getBytes(StandardCharsets.US_ASCII));
    }

    private FrameWriter longNumber(long value) {
        return write(() -> out.writeLong(value));
    }

    private FrameWriter write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
    }

    private byte[] framed() {
        var body = bytes.toByteArray();
        var framed = new byte[Integer.BYTES + body.length];
        for (int i = 0; i < Integer.BYTES; i++) {
            framed[i] = (byte) (body.length >>> (24 - 8 * i));
        }
        System.arraycopy(body, 0, framed, Integer.BYTES, body.length);
        return framed;
    }

    /** What follows the header of a request. */
    @FunctionalInterface
    public interface Body {
        void writeTo(FrameWriter writer);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** {@code length} bytes of filling, the data of the workloads' znodes. */
    static byte[] filling(int lengthBytes) {
        var data = new byte[lengthBytes];
        Arrays.fill(data, (byte) 'x');
        return data;
    }
}
