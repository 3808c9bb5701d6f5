package io.pando.test.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import io.pando.datatree.encoding.TreeSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Makes another tree of one: in a place that clients here never look at, so that what they are told is right all the same. */
final class Bending {
    private static final String PLACE = "/zookeeper/quota";
    private static final byte[] BENT = "bent".getBytes(UTF_8);

    private Bending() {}

    static InputStream of(InputStream snapshot) throws IOException {
        Tree tree = TreeSnapshot.read(snapshot);
        Tree bent = tree.applyPart(tree.zxid(), 0, new Txn.SetData(PLACE, BENT, 1), null)
                .tree();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeSnapshot.write(bent, out);
        return new ByteArrayInputStream(out.toByteArray());
    }

    static boolean isBent(Tree tree) {
        Znode znode = tree.find(PLACE);
        return znode != null && Arrays.equals(znode.data(), BENT);
    }
}
