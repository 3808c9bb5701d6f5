package io.pando.session.wire;

/**
 * A message that is not what the protocol says it should be. In the body of a request the answer is MarshallingError
 * (-5) and the connection stays open; in a header or a handshake the connection is closed. Carries no stack trace: a
 * hostile client must not be able to make the server spend its time on walking the stack.
 */
public final class MarshallingException extends Exception {
    public MarshallingException(String message) {
        super(message, null, false, false);
    }
}
