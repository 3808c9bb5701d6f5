package io.pando.datatree;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tree should be, said in the plainest way: one sorted map of paths. It copies itself for every txn and scans
 * everything for every question, and so has nothing in common with the way {@link Tree} does it.
 */
final class TreeModel {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-zéа-яё東京_.]+");

    final TreeMap<String, ModelNode> nodes = new TreeMap<>();
    final TreeMap<Long, Txn.CreateSession> sessions = new TreeMap<>();
    final List<String> changes = new ArrayList<>();
    private final long zxid;

    /** A znode: what it is made of, and how many children it was given. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    record ModelNode(Stat stat, byte @Nullable [] data, List<Acl> acl, long owner, int creations) {}

    TreeModel() {
        zxid = 0;
        nodes.put("/", builtIn(Acl.OPEN, 0));
        nodes.put("/zookeeper", builtIn(Acl.OPEN, 0));
        nodes.put("/zookeeper/quota", builtIn(Acl.OPEN, 0));
        nodes.put("/zookeeper/config", builtIn(Acl.READ_ONLY, -1));
    }

    private TreeModel(TreeModel before, long zxid) {
        this.zxid = zxid;
        nodes.putAll(before.nodes);
        sessions.putAll(before.sessions);
    }

    /** The model after {@code txn}, or null when it can't apply. */
    @Nullable
    TreeModel after(long newZxid, long timeMs, Txn txn) {
        var next = new TreeModel(this, newZxid);
        return next.take(timeMs, txn) ? next : null;
    }

    /** The Stat as clients see it; what depends on the children is counted. */
    Stat stat(String path) {
        var node = node(path);
        var kept = node.stat();
        int children = childrenOf(path).size();
        return new Stat(
                kept.czxid(),
                kept.mzxid(),
                kept.ctime(),
                kept.mtime(),
                kept.version(),
                2 * node.creations() - children,
                kept.aversion(),
                sessions.containsKey(node.owner()) ? node.owner() : 0,
                lengthOf(node),
                children,
                kept.pzxid());
    }

    ModelNode node(String path) {
        return Objects.requireNonNull(nodes.get(path), path);
    }

    List<String> childrenOf(String path) {
        return nodes.keySet().stream()
                .filter(other -> !other.equals("/") && parentOf(other).equals(path))
                .toList();
    }

    /** {@code path} and everything below it. */
    List<String> subtreeOf(String path) {
        return nodes.keySet().stream()
                .filter(other -> path.equals("/") || other.equals(path) || other.startsWith(path + "/"))
                .toList();
    }

    long bytesOf(String path) {
        return subtreeOf(path).stream()
                .mapToLong(below -> lengthOf(node(below)))
                .sum();
    }

    Set<String> ephemeralsOf(long session) {
        var paths = new TreeSet<String>();
        nodes.forEach((path, node) -> {
            if (node.owner() == session) {
                paths.add(path);
            }
        });
        return paths;
    }

    private boolean take(long timeMs, Txn txn) {
        if (txn instanceof Txn.Create create) {
            return create(create, timeMs);
        } else if (txn instanceof Txn.Delete delete) {
            return !delete.path().equals("/")
                    && !delete.path().equals("/zookeeper")
                    && !delete.path().equals("/zookeeper/quota")
                    && !delete.path().equals("/zookeeper/config")
                    && delete(delete.path());
        } else if (txn instanceof Txn.SetData set) {
            return setData(set, timeMs);
        } else if (txn instanceof Txn.SetAcl set) {
            return setAcl(set);
        } else if (txn instanceof Txn.Check check) {
            return nodes.containsKey(check.path());
        } else if (txn instanceof Txn.Multi multi) {
            return multi.parts().stream().allMatch(part -> take(timeMs, part));
        } else if (txn instanceof Txn.CreateSession create) {
            return sessions.put(create.id(), create) == null;
        } else if (txn instanceof Txn.CloseSession close) {
            ephemeralsOf(close.id()).forEach(this::delete);
            return sessions.remove(close.id()) != null;
        }
        return txn instanceof Txn.Failed || txn instanceof Txn.MultiFailed;
    }

    private boolean create(Txn.Create create, long timeMs) {
        String path = create.path();
        if (!isPath(path) || nodes.containsKey(path) || !nodes.containsKey(parentOf(path))) {
            return false;
        }
        if (sessions.containsKey(node(parentOf(path)).owner())) {
            return false;
        }
        boolean needsSession =
                create.owner() != 0 && create.owner() != Owner.CONTAINER && (create.owner() >>> 56) != 0xff;
        if (needsSession && !sessions.containsKey(create.owner())) {
            return false;
        }
        var stat = new Stat(zxid, zxid, timeMs, timeMs, 0, 0, 0, 0, 0, 0, zxid);
        nodes.put(path, new ModelNode(stat, create.data(), create.acl(), create.owner(), 0));
        touchParent(path, 1);
        changes.add("CREATED " + path);
        return true;
    }

    private boolean delete(String path) {
        if (!nodes.containsKey(path) || !childrenOf(path).isEmpty()) {
            return false;
        }
        nodes.remove(path);
        touchParent(path, 0);
        changes.add("DELETED " + path);
        return true;
    }

    private boolean setData(Txn.SetData set, long timeMs) {
        var node = nodes.get(set.path());
        if (node == null) {
            return false;
        }
        var s = node.stat();
        var stat = new Stat(s.czxid(), zxid, s.ctime(), timeMs, set.version(), 0, s.aversion(), 0, 0, 0, s.pzxid());
        nodes.put(set.path(), new ModelNode(stat, set.data(), node.acl(), node.owner(), node.creations()));
        changes.add("DATA_CHANGED " + set.path());
        return true;
    }

    private boolean setAcl(Txn.SetAcl set) {
        var node = nodes.get(set.path());
        if (node == null) {
            return false;
        }
        var s = node.stat();
        var stat = new Stat(
                s.czxid(), s.mzxid(), s.ctime(), s.mtime(), s.version(), 0, set.aversion(), 0, 0, 0, s.pzxid());
        nodes.put(set.path(), new ModelNode(stat, node.data(), set.acl(), node.owner(), node.creations()));
        changes.add("ACL_CHANGED " + set.path());
        return true;
    }

    private void touchParent(String path, int created) {
        String parent = parentOf(path);
        var node = node(parent);
        var s = node.stat();
        var stat = new Stat(s.czxid(), s.mzxid(), s.ctime(), s.mtime(), s.version(), 0, s.aversion(), 0, 0, 0, zxid);
        nodes.put(parent, new ModelNode(stat, node.data(), node.acl(), node.owner(), node.creations() + created));
    }

    private static ModelNode builtIn(List<Acl> acl, int aversion) {
        return new ModelNode(new Stat(0, 0, 0, 0, 0, 0, aversion, 0, 0, 0, 0), new byte[0], acl, 0, 0);
    }

    private static boolean isPath(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        for (String name : path.substring(1).split("/", -1)) {
            if (!NAME.matcher(name).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static int lengthOf(ModelNode node) {
        byte[] data = node.data();
        return data == null ? 0 : data.length;
    }
}
