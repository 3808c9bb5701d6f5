package io.pando.test.fuzz;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Owner;
import io.pando.datatree.Password;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.MalformedTxnException;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.datatree.encoding.TxnCodec;
import io.pando.test.fuzz.Decoder.Memory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Transactions and trees, as the log, snapshots and other servers bring them. */
public final class TreeDecoders {
    private static final long SESSION = 0x0100_0000_0000_0002L;
    private static final List<Acl> CUSTOM =
            List.of(new Acl(1, new Id("ip", "10.0.0.0/8")), new Acl(31, new Id("digest", "ö:x")));
    private static final byte[] DATA = {1, 2, 3};

    private TreeDecoders() {}

    static List<Decoder> all() {
        return List.of(txn(), tree());
    }

    /** One of every kind. */
    public static List<Txn> txns() {
        Txn.Create create = new Txn.Create("/a", DATA, CUSTOM, Owner.PERSISTENT);
        return List.of(
                new Txn.CreateSession(SESSION, 30_000, new Password(0, 0)),
                create,
                new Txn.Create("/a/\u4e2d", null, Acl.OPEN, SESSION),
                new Txn.Create("/t", DATA, Acl.OPEN, Owner.ttl(1000)),
                new Txn.Create("/c", DATA, Acl.READ_ONLY, Owner.CONTAINER),
                new Txn.SetData("/a", DATA, 1),
                new Txn.SetAcl("/a", CUSTOM, 1),
                new Txn.Check("/a"),
                new Txn.Multi(List.of(new Txn.Create("/m", DATA, Acl.OPEN, 0), new Txn.Delete("/m"))),
                new Txn.Failed(ErrorCode.NO_NODE),
                new Txn.MultiFailed(1, ErrorCode.BAD_VERSION),
                new Txn.Delete("/t"));
    }

    private static Decoder txn() {
        TxnCodec codec = new TxnCodec();
        List<byte[]> seeds = new ArrayList<>();
        txns().forEach(one -> seeds.add(written(codec, one)));
        seeds.add(written(codec, new Txn.CloseSession(SESSION)));
        return Decoder.of(
                        "txn",
                        seeds,
                        input -> codec.decode(new Input(input)),
                        new Memory(64),
                        Set.of(MalformedTxnException.class))
                .writtenBy(value -> written(codec, (Txn) value));
    }

    private static byte[] written(TxnCodec codec, Txn txn) {
        Output output = new Output(256, -1);
        codec.encode(txn, output);
        return output.toBytes();
    }

    /** The value of a tree is its digest and zxid, and the snapshot that is made of it. */
    private static Decoder tree() {
        Tree tree = Tree.empty();
        long zxid = 0;
        for (Txn txn : txns()) {
            tree = tree.apply(++zxid, 1_000 + zxid, txn).tree();
        }
        byte[] full = written(tree);
        byte[] empty = written(Tree.empty());
        return Decoder.of(
                        "tree-snapshot",
                        List.of(full, empty),
                        input -> new Snapshot(written(TreeSnapshot.read(new ByteArrayInputStream(input)))),
                        new Memory(200),
                        Set.of(IOException.class))
                .writtenBy(value -> ((Snapshot) value).bytes());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by what it holds
    private record Snapshot(byte[] bytes) {}

    private static byte[] written(Tree tree) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TreeSnapshot.write(tree, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
    }
}
