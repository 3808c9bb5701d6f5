package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.session.ConnectRequest;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import java.util.function.Function;

/** How a connection begins: with a handshake, or with a four-letter command in its place. */
sealed interface Greeting {
    /** Bytes are missing; none was taken. */
    record Incomplete() implements Greeting {}

    /** A command whose answer is text, and the end of the connection. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Command(Function<byte[], String> command, byte[] bytes) implements Greeting {
        String answer() {
            return command.apply(bytes);
        }
    }

    /** A wish for a session. */
    record Handshake(ConnectRequest request) implements Greeting {}

    /** Takes the greeting that {@code in} begins with. */
    static Greeting take(ByteBuf in, FourLetterWords words, int maxFrameBytes) throws MarshallingException {
        if (in.readableBytes() < Frames.LENGTH_BYTES) {
            return new Incomplete();
        }
        int first = in.getInt(in.readerIndex());
        Function<byte[], String> command = words.commandOf(first);
        return command == null ? takeHandshake(in, maxFrameBytes) : takeCommand(in, command, words.bytesNeeded(first));
    }

    private static Greeting takeCommand(ByteBuf in, Function<byte[], String> command, int bytesNeeded) {
        if (in.readableBytes() < bytesNeeded) {
            return new Incomplete();
        }
        byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), bytesNeeded);
        in.skipBytes(in.readableBytes());
        return new Command(command, bytes);
    }

    private static Greeting takeHandshake(ByteBuf in, int maxFrameBytes) throws MarshallingException {
        int end = Frames.completeAt(in, maxFrameBytes);
        if (end == Frames.INCOMPLETE) {
            return new Incomplete();
        }
        in.skipBytes(Frames.LENGTH_BYTES);
        ConnectRequest request = ConnectRequest.read(new WireReader(in, end));
        in.readerIndex(end);
        return new Handshake(request);
    }
}
