package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Txn;

/**
 * Txns as the payload of a record in the log. A version byte comes first, then the number of the kind of txn and its
 * fields. Not thread-safe: each thread that reads or writes txns has a codec of its own.
 */
public final class TxnCodec {
    private static final byte VERSION = 1;

    /** A multi and its parts. */
    private static final int MAX_DEPTH = 2;

    private final Kryo kryo = new Kryo(new NumberedClasses(), null);

    public TxnCodec() {
        kryo.setRegistrationRequired(true);
        kryo.setMaxDepth(MAX_DEPTH);
        TxnSerializers.register(kryo);
    }

    public void encode(Txn txn, Output output) {
        output.writeByte(VERSION);
        kryo.writeClassAndObject(output, txn);
    }

    /**
     * Reads one txn and leaves {@code input} behind it.
     *
     * @throws MalformedTxnException when the bytes are no txn of this version
     */
    public Txn decode(Input input) {
        try {
            byte version = input.readByte();
            if (version != VERSION) {
                throw new MalformedTxnException(
                        "The txn has format " + version + ", and this server reads " + VERSION + "; is it too old?");
            }
            return TxnSerializers.read(kryo, input);
        } catch (KryoException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedTxnException("The bytes are no txn: " + e.getMessage(), e);
        }
    }
}
