package io.pando.testing;

import io.pando.zab.message.Greeting;
import io.pando.zab.message.MalformedMessageException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds out who is at the other end of a connection that was just accepted, and leaves everything there to be read. */
@FunctionalInterface
interface Caller {
    Caller CLIENT = in -> Links.CLIENTS;

    /** A server that connects to another one says first who it is. */
    Caller SERVER = in -> {
        in.mark(Relay.BUFFER_BYTES);
        byte[] length = in.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            throw new EOFException("Closed before it said who it is");
        }
        int lengthBytes = ByteBuffer.wrap(length).getInt();
        try {
            Greeting.checkLength(lengthBytes);
            Greeting greeting = Greeting.decode(ByteBuffer.wrap(in.readNBytes(lengthBytes)));
            in.reset();
            return Math.toIntExact(greeting.hello().serverId());
        } catch (MalformedMessageException e) {
            throw new IOException("No server of an ensemble", e);
        }
    };

    int idOf(BufferedInputStream in) throws IOException;
}
