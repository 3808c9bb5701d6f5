package io.pando.datatree.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Owner;
import io.pando.datatree.Password;
import io.pando.datatree.Perms;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** That reading undoes writing is a property of all trees, and stated in {@code TreePropertiesTest}. */
class TreeSnapshotTest {
    private static final long SESSION = 0x1_0000_0000_0001L;
    private static final List<Acl> CUSTOM = List.of(new Acl(Perms.READ, new Id("ip", "10.0.0.1")));

    /** If this fails, old snapshots can't be read any more: give the changed format another version instead. */
    @Test
    void a_small_tree_keeps_the_bytes_that_it_always_had() throws IOException {
        byte[] golden = golden("snapshot-format-1.txt");

        assertEquals(HexFormat.of().formatHex(golden), HexFormat.of().formatHex(written(sample())));
        var read = TreeSnapshot.read(new ByteArrayInputStream(golden));
        assertEquals(sample().digest(), read.digest());
        assertEquals(sample().zxid(), read.zxid());
        assertEquals(1, read.ephemeralCount());
    }

    /** Nor may the order: servers of different versions compare what they have, and their snapshots. */
    @Test
    void names_of_all_alphabets_keep_the_bytes_and_the_order_that_they_always_had() throws IOException {
        byte[] golden = golden("snapshot-names-format-1.txt");
        Tree tree = treeOfNames();

        assertEquals(HexFormat.of().formatHex(golden), HexFormat.of().formatHex(written(tree)));
        var read = TreeSnapshot.read(new ByteArrayInputStream(golden));
        assertEquals(HexFormat.of().formatHex(golden), HexFormat.of().formatHex(written(read)));
        for (String name : names()) {
            assertEquals(name, Objects.requireNonNull(read.find("/" + name)).name());
        }
    }

    @Test
    void a_snapshot_that_is_cut_short_anywhere_is_damaged() throws IOException {
        byte[] bytes = written(sample());

        for (int length = 0; length < bytes.length; length++) {
            var cut = new ByteArrayInputStream(bytes, 0, length);
            assertThrows(DamagedSnapshotException.class, () -> TreeSnapshot.read(cut), "cut at " + length);
        }
    }

    @Test
    void a_changed_byte_is_noticed_unless_it_makes_no_difference() throws IOException {
        byte[] bytes = written(sample());
        int firstAfterZxid = 9;

        for (int i = firstAfterZxid; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertDamagedOrTheSame(changed, bytes);
        }
    }

    @Test
    void a_wrong_digest_is_named_with_the_right_one() throws IOException {
        byte[] bytes = written(sample());
        Arrays.fill(bytes, 9, 17, (byte) 0x11);

        var damage =
                assertThrows(DamagedSnapshotException.class, () -> TreeSnapshot.read(new ByteArrayInputStream(bytes)));

        assertEquals(
                "The snapshot of zxid 0x100000008 says that its digest is 0x1111111111111111, but what it holds has 0x"
                        + Long.toHexString(sample().digest()) + "; don't use it",
                damage.getMessage());
    }

    @Test
    void znodes_with_equal_lists_share_one_after_reading() throws IOException {
        var read = TreeSnapshot.read(new ByteArrayInputStream(written(sample())));

        assertSame(
                Objects.requireNonNull(read.find("/a")).acl(),
                Objects.requireNonNull(read.find("/a/c")).acl());
        assertSame(Acl.OPEN, read.root().acl());
    }

    @Test
    void a_failure_of_the_stream_is_told_as_it_is() {
        var failure = new IOException("disk on fire");
        var out = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw failure;
            }
        };
        var in = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw failure;
            }
        };

        assertSame(failure, assertThrows(IOException.class, () -> TreeSnapshot.write(sample(), out)));
        assertSame(failure, assertThrows(IOException.class, () -> TreeSnapshot.read(in)));
    }

    /** Empty text, for one, says the same in one byte per character as in two. */
    private static void assertDamagedOrTheSame(byte[] changed, byte[] bytes) throws IOException {
        Tree read;
        try {
            read = TreeSnapshot.read(new ByteArrayInputStream(changed));
        } catch (DamagedSnapshotException expected) {
            return;
        }
        assertArrayEquals(bytes, written(read));
    }

    private static byte[] written(Tree tree) throws IOException {
        var out = new ByteArrayOutputStream();
        TreeSnapshot.write(tree, out);
        byte[] bytes = out.toByteArray();
        var again = new ByteArrayOutputStream();
        TreeSnapshot.write(tree, again);
        assertArrayEquals(bytes, again.toByteArray());
        return bytes;
    }

    private static Tree sample() {
        return applied(
                new Txn.CreateSession(SESSION, 30_000, new Password(1, 2)),
                new Txn.Create("/a", "data".getBytes(UTF_8), CUSTOM, Owner.PERSISTENT),
                new Txn.Create("/a/b", null, Acl.OPEN, SESSION),
                new Txn.Create("/a/c", new byte[0], List.copyOf(CUSTOM), Owner.CONTAINER),
                new Txn.Create("/a/c/d", null, Acl.OPEN, Owner.ttl(1)),
                new Txn.Delete("/a/c/d"),
                new Txn.SetData("/a", "東".getBytes(UTF_8), 1),
                new Txn.SetAcl("/zookeeper", Acl.READ_ONLY, 1));
    }

    private static Tree treeOfNames() {
        List<Txn> txns = new ArrayList<>(List.of(new Txn.CreateSession(SESSION, 30_000, new Password(1, 2))));
        for (String name : names()) {
            long owner = name.length() % 3 == 2 ? SESSION : Owner.PERSISTENT;
            txns.add(new Txn.Create("/" + name, null, Acl.OPEN, owner));
        }
        txns.add(new Txn.Create("/привет/東京", null, Acl.OPEN, Owner.PERSISTENT));
        txns.add(new Txn.Create("/привет/東京/é", null, Acl.OPEN, SESSION));
        Tree tree = Tree.empty();
        for (Txn txn : txns) {
            tree = tree.apply(tree.zxid() + 1, 1_700_000_000_000L, txn).tree();
        }
        return tree;
    }

    /** One to three bytes a character, from the first to the last that names may have; some have the same hash. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of(
                "a",
                "b c",
                "AaAa",
                "BBBB",
                "AaBB",
                "é",
                "éa",
                "ÿ",
                "\u00a0",
                "привет",
                "аё",
                "бв",
                "東",
                "mixed-é-東",
                "\ud7ff",
                "\uf900",
                "\uffef",
                "x".repeat(300),
                "я".repeat(300)));
        for (int i = 0; i < 40; i++) {
            names.add("znode-" + i);
        }
        return names;
    }

    private static Tree applied(Txn... txns) {
        Tree tree = Tree.empty();
        for (Txn txn : txns) {
            tree = tree.apply(tree.zxid() == 0 ? 0x1_0000_0001L : tree.zxid() + 1, 1_700_000_000_000L, txn)
                    .tree();
        }
        return tree;
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream in = TreeSnapshotTest.class.getResourceAsStream(file)) {
            return HexFormat.of().parseHex(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).strip());
        }
    }
}
