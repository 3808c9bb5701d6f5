package io.pando.zab.message;

import java.nio.ByteBuffer;

/**
 * An encoded message, ready to be sent: the bytes of {@code head}, then those of {@code tail}, each from position to limit.
 *
 * @param head the length of the frame and all fields; belongs to whoever asked for it
 * @param tail what the message carries along: its own bytes, not a copy, which nobody may change; often empty
 */
public record Frame(ByteBuffer head, ByteBuffer tail) {

    public int lengthBytes() {
        return head.remaining() + tail.remaining();
    }
}
