package io.pando.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.wire.Frames;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Bytes as tests like to see them: in hexadecimal, with blanks wherever they help the eye. */
final class Bytes {
    private Bytes() {}

    static byte[] ofHex(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] written(Consumer<WireWriter> message) {
        ByteBuf out = Unpooled.buffer();
        message.accept(new WireWriter(out));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static WireReader reader(byte[] bytes) {
        return new WireReader(Unpooled.wrappedBuffer(bytes));
    }

    /** A reader of what is in a frame, behind its length. */
    static WireReader readerOfFrame(byte[] frame) {
        ByteBuf in = Unpooled.wrappedBuffer(frame);
        in.skipBytes(Frames.LENGTH_BYTES);
        return new WireReader(in);
    }
}
