package io.pando.test.znodes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pando.test.linearizability.History;
import io.pando.test.linearizability.Names;
import io.pando.test.linearizability.Register;
import io.pando.test.linearizability.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/** The operations of one session on shared znodes, each noted in the histories with how it ended. */
public final class Znodes {
    private static final String NAME_ENDS = "-";

    private final ZooKeeper client;
    private final String name;
    private final Histories histories;

    public Znodes(ZooKeeper client, String name, Histories histories) {
        this.client = client;
        this.name = name;
        this.histories = histories;
    }

    /** setData under an expected version; returns the new one, or -1 if that was not the version. */
    public int set(String path, String value, int expectedVersion) throws KeeperException, InterruptedException {
        var call = histories.registers().call(name, path, new Register.Request.Set(value, expectedVersion));
        try {
            int version = client.setData(path, value.getBytes(US_ASCII), expectedVersion)
                    .getVersion();
            call.returned(new Register.Answer.Written(version));
            return version;
        } catch (KeeperException.BadVersionException refused) {
            call.returned(new Register.Answer.BadVersion());
            return -1;
        } catch (KeeperException e) {
            call.isUnknown();
            throw e;
        }
    }

    /** sync, then getData. A read without an answer tells nothing, and is not noted. */
    public Register.Content readSynced(String path) throws KeeperException, InterruptedException {
        var call = histories.registers().call(name, path, new Register.Request.Read());
        sync(path);
        Stat stat = new Stat();
        String value = new String(client.getData(path, false, stat), US_ASCII);
        var content = new Register.Content(value, stat.getVersion());
        call.returned(new Register.Answer.Found(content));
        return content;
    }

    /** A sequential create under a name that nobody else uses. */
    public void createNext(String parent, String unique) throws KeeperException, InterruptedException {
        History<Sequence.Request, Sequence.Answer>.Call call =
                histories.sequences().call(name, parent, new Sequence.Request.Create(unique));
        try {
            String path = client.create(
                    parent + "/" + unique + NAME_ENDS,
                    new byte[0],
                    ZooDefs.Ids.OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT_SEQUENTIAL);
            call.returned(new Sequence.Answer.Created(numberOf(path)));
        } catch (KeeperException e) {
            call.isUnknown();
            throw e;
        }
    }

    /** sync, then getChildren. */
    public void listSynced(String parent) throws KeeperException, InterruptedException {
        var call = histories.sequences().call(name, parent, new Sequence.Request.Children());
        sync(parent);
        call.returned(new Sequence.Answer.Listed(inOrder(client.getChildren(parent, false))));
    }

    private static List<String> inOrder(List<String> children) {
        List<String> names = new ArrayList<>();
        for (String child : children) {
            int number = numberOf(child);
            while (names.size() <= number) names.add("nobody");
            names.set(number, child.substring(0, child.lastIndexOf(NAME_ENDS)));
        }
        return List.copyOf(names);
    }

    private static int numberOf(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf(NAME_ENDS) + 1));
    }

    /** Whether a child of a name was made; not if it was there. */
    public boolean add(String parent, String child) throws KeeperException, InterruptedException {
        return change(
                parent,
                new Names.Request.Add(child),
                () -> client.create(
                        parent + "/" + child, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
    }

    /** Whether a child was deleted; not if it was not there. */
    public boolean remove(String parent, String child) throws KeeperException, InterruptedException {
        return change(parent, new Names.Request.Remove(child), () -> client.delete(parent + "/" + child, -1));
    }

    /** Whether one child was replaced by another, at once; not if the one was not there, or the other was. */
    public boolean rename(String parent, String from, String to) throws KeeperException, InterruptedException {
        return change(
                parent,
                new Names.Request.Rename(from, to),
                () -> client.multi(List.of(
                        Op.delete(parent + "/" + from, -1),
                        Op.create(
                                parent + "/" + to, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))));
    }

    private interface Change {
        void happens() throws KeeperException, InterruptedException;
    }

    private boolean change(String parent, Names.Request request, Change change)
            throws KeeperException, InterruptedException {
        var call = histories.names().call(name, parent, request);
        try {
            change.happens();
            call.returned(new Names.Answer.Done());
            return true;
        } catch (KeeperException.NodeExistsException | KeeperException.NoNodeException refused) {
            call.returned(new Names.Answer.Refused());
            return false;
        } catch (KeeperException e) {
            call.isUnknown();
            throw e;
        }
    }

    /** sync, then getChildren of what {@link #add} and the others change. */
    public void namesSynced(String parent) throws KeeperException, InterruptedException {
        var call = histories.names().call(name, parent, new Names.Request.Children());
        sync(parent);
        call.returned(new Names.Answer.Listed(Set.copyOf(client.getChildren(parent, false))));
    }

    /** sync, then exists; not noted. */
    public boolean existsSynced(String path) throws KeeperException, InterruptedException {
        sync(path);
        return client.exists(path, false) != null;
    }

    private void sync(String path) throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        client.sync(path, (code, of, context) -> done.complete(code), null);
        try {
            KeeperException.Code code = KeeperException.Code.get(done.get());
            if (code != KeeperException.Code.OK) throw KeeperException.create(code, path);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody completes it with a failure", e);
        }
    }
}
