package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A whole tree as a stream: a version byte, zxid and digest, the sessions, and the znodes depth first, each with the number
 * of its children. Writing and reading take memory for the depth of the tree, not for its size; what ephemerals a session
 * has follows from the znodes.
 */
public final class TreeSnapshot {
    static final byte VERSION = 1;

    private static final int BUFFER_BYTES = 1 << 16;

    private TreeSnapshot() {}

    /** Writes {@code tree} and flushes {@code out}, but leaves it open. */
    public static void write(Tree tree, OutputStream out) throws IOException {
        Output output = new Output(out, BUFFER_BYTES);
        try {
            new SnapshotWriter(output).write(tree);
            output.flush();
        } catch (KryoException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
        }
    }

    /**
     * Reads a tree from {@code in}, of which it may take more bytes than the tree has.
     *
     * @throws DamagedSnapshotException when the bytes are no snapshot, or one whose digest does not fit
     */
    public static Tree read(InputStream in) throws IOException {
        try {
            return new SnapshotReader(new Input(in, BUFFER_BYTES)).read();
        } catch (KryoException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw damaged(e);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw damaged(e);
        }
    }

    private static DamagedSnapshotException damaged(RuntimeException cause) {
        return new DamagedSnapshotException("The bytes are no snapshot of a tree: " + cause.getMessage(), cause);
    }
}
