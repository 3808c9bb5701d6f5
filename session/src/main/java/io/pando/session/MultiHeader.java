package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In front of each part of a multi, in requests and replies alike, and once more, {@link #done}, behind the last.
 *
 * @param type the number of an {@link OpCode}; of the end nobody reads it
 */
record MultiHeader(int type, boolean done, int err) {
    private static final MultiHeader END = new MultiHeader(-1, true, -1);

    static MultiHeader read(WireReader in) throws MarshallingException {
        return new MultiHeader(in.readInt(), in.readBoolean(), in.readInt());
    }

    static void writeRequests(List<? extends Request> parts, WireWriter out) {
        for (Request part : parts) {
            new MultiHeader(part.op().number(), false, -1).write(out);
            part.write(out);
        }
        END.write(out);
    }

    static void writeResults(List<MultiResult> results, WireWriter out) {
        for (MultiResult result : results) {
            new MultiHeader(result.op().number(), false, result.err()).write(out);
            result.reply().write(out);
        }
        END.write(out);
    }

    @Nullable
    OpCode op() {
        return OpCode.of(type);
    }

    private void write(WireWriter out) {
        out.writeInt(type);
        out.writeBoolean(done);
        out.writeInt(err);
    }
}
