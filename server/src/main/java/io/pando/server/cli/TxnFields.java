package io.pando.server.cli;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Perms;
import io.pando.datatree.Txn;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A txn as names and values, for those who read it in JSON. The password of a session is not among them. */
final class TxnFields implements Txn.Visitor {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private TxnFields() {}

    static Map<String, @Nullable Object> of(Txn txn) {
        var visitor = new TxnFields();
        txn.accept(visitor);
        return visitor.fields;
    }

    @Override
    public void create(Txn.Create txn) {
        add("kind", "create").add("path", txn.path()).add("data", base64(txn.data()));
        add("acl", acl(txn.acl())).add("owner", owner(txn.owner()));
    }

    @Override
    public void delete(Txn.Delete txn) {
        add("kind", "delete").add("path", txn.path());
    }

    @Override
    public void setData(Txn.SetData txn) {
        add("kind", "setData")
                .add("path", txn.path())
                .add("data", base64(txn.data()))
                .add("version", txn.version());
    }

    @Override
    public void setAcl(Txn.SetAcl txn) {
        add("kind", "setAcl").add("path", txn.path()).add("acl", acl(txn.acl())).add("aversion", txn.aversion());
    }

    @Override
    public void check(Txn.Check txn) {
        add("kind", "check").add("path", txn.path());
    }

    @Override
    public void multi(Txn.Multi txn) {
        add("kind", "multi")
                .add("parts", txn.parts().stream().map(TxnFields::of).toList());
    }

    @Override
    public void createSession(Txn.CreateSession txn) {
        add("kind", "createSession").add("id", Hex.of(txn.id())).add("timeoutMs", txn.timeoutMs());
    }

    @Override
    public void closeSession(Txn.CloseSession txn) {
        add("kind", "closeSession").add("id", Hex.of(txn.id()));
    }

    @Override
    public void failed(Txn.Failed txn) {
        add("kind", "failed").add("error", txn.code());
    }

    @Override
    public void multiFailed(Txn.MultiFailed txn) {
        add("kind", "multiFailed").add("index", txn.index()).add("error", txn.code());
    }

    private TxnFields add(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    static @Nullable String base64(byte @Nullable [] data) {
        return data == null ? null : Base64.getEncoder().encodeToString(data);
    }

    static List<String> acl(List<Acl> acl) {
        return acl.stream()
                .map(entry -> entry.id().scheme() + ":" + entry.id().id() + ":" + permissions(entry.perms()))
                .toList();
    }

    private static String permissions(int bits) {
        return ((bits & Perms.CREATE) != 0 ? "c" : "")
                + ((bits & Perms.DELETE) != 0 ? "d" : "")
                + ((bits & Perms.READ) != 0 ? "r" : "")
                + ((bits & Perms.WRITE) != 0 ? "w" : "")
                + ((bits & Perms.ADMIN) != 0 ? "a" : "");
    }

    static String owner(long owner) {
        if (owner == Owner.PERSISTENT) {
            return "persistent";
        }
        if (Owner.isContainer(owner)) {
            return "container";
        }
        return Owner.isTtl(owner) ? "ttl " + Owner.ttlMs(owner) + " ms" : "session " + Hex.of(owner);
    }
}
