package io.pando.test.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A request encoded once, of which only the xid and the digits of its paths change from use to use.
 *
 * <p>They are patched in place and the bytes copied into the batch that goes out: no objects per request. Belongs to the
 * load thread. The {@link Requests} of the workloads hold them, {@link FrameWriter} makes them.
 */
public final class Frame {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int XID_AT = 4;

    private final byte[] bytes;
    private final Hole[] holes;

    Frame(byte[] bytes, Hole[] holes) {
        this.bytes = bytes;
        this.holes = holes;
    }

    public int lengthBytes() {
        return bytes.length;
    }

    /** For a frame without holes. */
    public void putTo(ByteBuffer out, int xid) {
        INT.set(bytes, XID_AT, xid);
        out.put(bytes);
    }

    /** Numbers the first hole {@code key}, the second {@code key + 1} and so on. */
    public void putTo(ByteBuffer out, int xid, int key) {
        for (int i = 0; i < holes.length; i++) {
            holes[i].fill(bytes, key + i);
        }
        putTo(out, xid);
    }

    /** Where digits go, from {@code first} to {@code last}; what isn't a digit between them stays as it is. */
    record Hole(int first, int last) {
        void fill(byte[] bytes, int number) {
            int rest = number;
            for (int i = last; i >= first; i--) {
                if (isDigit(bytes[i])) {
                    int tenth = rest / 10;
                    bytes[i] = (byte) ('0' + rest - tenth * 10);
                    rest = tenth;
                }
            }
            if (rest != 0) {
                throw new IllegalArgumentException(
                        "Key " + number + " has more digits than the path it should go into.");
            }
        }

        private static boolean isDigit(byte letter) {
            return letter >= '0' && letter <= '9';
        }
    }
}
