package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;

/**
 * What became of one part of a multi or multiRead.
 *
 * @param op of the part, or {@link OpCode#ERROR}; the three ways to create that answer with a stat are all said to be
 *     create2
 * @param err 0, or the code of the failure, which then is in {@code reply} once more
 */
public record MultiResult(OpCode op, int err, Reply reply) {
    /** Its header, a length and a stat; a path comes on top. */
    static final int MOST_BYTES_BESIDES_DATA = 9 + 4 + 68;

    public static MultiResult of(OpCode op, Reply reply) {
        return switch (op) {
            case CREATE_CONTAINER, CREATE_TTL -> new MultiResult(OpCode.CREATE2, 0, reply);
            default -> new MultiResult(op, 0, reply);
        };
    }

    /**
     * A part that failed, or one that did not because another did.
     *
     * @param err 0 for the parts before the one that failed
     */
    public static MultiResult failed(int err) {
        return new MultiResult(OpCode.ERROR, err, new Reply.Code(err));
    }

    static MultiResult read(MultiHeader header, WireReader in) throws MarshallingException {
        OpCode op = header.op();
        if (op == null) {
            throw new MarshallingException("A result of unknown type " + header.type());
        }
        return switch (op) {
            case CREATE, CREATE2, DELETE, SET_DATA, CHECK, GET_DATA, GET_CHILDREN, ERROR ->
                new MultiResult(op, header.err(), Reply.read(op, in));
            default -> throw new MarshallingException("A result of type " + op);
        };
    }
}
