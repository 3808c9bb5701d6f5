package io.pando.test.differential;

import io.pando.test.harness.Body;
import io.pando.test.harness.Body.AclEntry;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import java.io.IOException;
import java.util.List;

/** Empties a server's tree before a sequence, but for its {@link Paths#ROOT}, with the rights of its super user. */
final class Cleaner {
    private static final List<String> BUILT_IN = List.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config");

    private final RawClient client;

    private Cleaner(RawClient client) {
        this.client = client;
    }

    static void emptyTree(int port) throws IOException {
        try (RawClient client = RawClient.connect(port, 40_000)) {
            client.authenticate("digest", AccessLists.SUPER);
            new Cleaner(client).empty("/");
            for (String path : BUILT_IN) {
                boolean readOnly = path.equals("/zookeeper/config");
                List<AclEntry> acl = List.of(new AclEntry(readOnly ? 1 : 31, "world", "anyone"));
                client.call(Op.SET_ACL, Body.of(path).acl(acl).int32(-1));
            }
            Reply root = client.call(Op.CREATE, Body.create(Paths.ROOT, null, 0));
            if (root.error() != Errors.OK) throw new IOException("No " + Paths.ROOT + ": error " + root.error());
            client.closeSession();
        }
    }

    /** Sessions of the sequence live on for a while, but without their ephemerals. */
    private void empty(String path) throws IOException {
        Reply children = client.call(Op.GET_CHILDREN, Body.read(path, false));
        if (children.error() != Errors.OK) return;
        String prefix = path.equals("/") ? "/" : path + "/";
        for (String name : children.texts()) empty(prefix + name);
        if (!BUILT_IN.contains(path)) client.call(Op.DELETE, Body.versioned(path, -1));
    }
}
