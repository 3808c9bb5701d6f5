package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.datatree.Stat;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The znodes by the book: a second, simple implementation of the rules, which knows what every znode was at every zxid. Quotas and times to
 * live are not for it.
 */
final class Znodes {
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;

    private static final Node GONE = new Node("", -1, 0, 0, 0, 0, 0, 0, 0, Acl.OPEN, 0, 0, List.of());

    private final Map<String, TreeMap<Long, Node>> history = new HashMap<>();
    private final TreeMap<String, Node> now = new TreeMap<>();
    private List<Change> changes = new ArrayList<>();

    Znodes() {
        put(0, "/", new Node("", 0, 0, 0, 0, 0, 0, 0, 0, Acl.OPEN, 0, 0, List.of()));
    }

    /** What happens to a znode. */
    enum Kind {
        CREATED,
        DELETED,
        DATA
    }

    /** @param acl of the znode, as it was if it is deleted */
    record Change(Kind kind, String path, List<Acl> acl, List<Acl> parentAcl) {}

    /** When a client does something, and who it is. */
    private record Moment(long zxid, long timeMs, long sessionId, List<Id> who) {}

    /** @param created how many children were ever created */
    private record Node(
            String data,
            long czxid,
            long mzxid,
            long pzxid,
            long ctime,
            long mtime,
            int version,
            int cversion,
            int aversion,
            List<Acl> acl,
            long owner,
            int created,
            List<String> children) {

        Node written(String next, long zxid, long timeMs) {
            return new Node(
                    next,
                    czxid,
                    zxid,
                    pzxid,
                    ctime,
                    timeMs,
                    version + 1,
                    cversion,
                    aversion,
                    acl,
                    owner,
                    created,
                    children);
        }

        Node guardedBy(List<Acl> next) {
            return new Node(
                    data,
                    czxid,
                    mzxid,
                    pzxid,
                    ctime,
                    mtime,
                    version,
                    cversion,
                    aversion + 1,
                    next,
                    owner,
                    created,
                    children);
        }

        Node withChild(String name, long zxid) {
            List<String> more = new ArrayList<>(children);
            more.add(name);
            return withChildren(more, zxid, created + 1);
        }

        Node withoutChild(String name, long zxid) {
            List<String> fewer = new ArrayList<>(children);
            fewer.remove(name);
            return withChildren(fewer, zxid, created);
        }

        private Node withChildren(List<String> names, long zxid, int everCreated) {
            return new Node(
                    data,
                    czxid,
                    mzxid,
                    zxid,
                    ctime,
                    mtime,
                    version,
                    cversion + 1,
                    aversion,
                    acl,
                    owner,
                    everCreated,
                    names);
        }

        Stat stat() {
            return new Stat(
                    czxid,
                    mzxid,
                    ctime,
                    mtime,
                    version,
                    cversion,
                    aversion,
                    owner,
                    data.length(),
                    children.size(),
                    pzxid);
        }
    }

    private void put(long zxid, String path, Node node) {
        now.put(path, node);
        history.computeIfAbsent(path, key -> new TreeMap<>()).put(zxid, node);
    }

    private void remove(long zxid, String path) {
        now.remove(path);
        history.computeIfAbsent(path, key -> new TreeMap<>()).put(zxid, GONE);
    }

    private @Nullable Node at(long zxid, String path) {
        TreeMap<Long, Node> past = history.get(path);
        Map.Entry<Long, Node> entry = past == null ? null : past.floorEntry(zxid);
        return entry == null || entry.getValue().equals(GONE) ? null : entry.getValue();
    }

    boolean exists(long zxid, String path) {
        return at(zxid, path) != null;
    }

    /** The zxid of the newest data of a znode; 0 if there is none. */
    long mzxid(long zxid, String path) {
        Node node = at(zxid, path);
        return node == null ? 0 : node.mzxid;
    }

    /** The zxid of the newest change of a znode's children; 0 if there is none. */
    long pzxid(long zxid, String path) {
        Node node = at(zxid, path);
        return node == null ? 0 : node.pzxid;
    }

    /** The ACL of a znode that is there. */
    List<Acl> acl(long zxid, String path) {
        return Objects.requireNonNull(at(zxid, path)).acl;
    }

    private static Node required(@Nullable Node node) throws Refused {
        if (node == null) {
            throw new Refused(ErrorCode.NO_NODE);
        }
        return node;
    }

    static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // ---- writes

    /** What was changed since this was last asked. */
    List<Change> takeChanges() {
        List<Change> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    /** Carries out a write of a client. */
    Answer write(long zxid, long timeMs, Op op) {
        Moment moment = new Moment(zxid, timeMs, op.sessionId(), op.identities());
        WriteRequest request = (WriteRequest) op.request();
        try {
            return request instanceof WriteRequest.Multi multi ? multi(moment, multi) : Answer.of(one(moment, request));
        } catch (Refused refused) {
            return Answer.failure(refused.code());
        }
    }

    private Answer multi(Moment moment, WriteRequest.Multi multi) {
        TreeMap<String, Node> before = new TreeMap<>(now);
        List<MultiResult> results = new ArrayList<>();
        for (WriteRequest.Part part : multi.parts()) {
            try {
                results.add(MultiResult.of(part.op(), one(moment, part)));
            } catch (Refused refused) {
                undo(moment.zxid, before);
                return failedMulti(results.size(), refused.code(), multi.parts().size());
            }
        }
        return Answer.of(new Reply.Results(results));
    }

    private static Answer failedMulti(int index, ErrorCode code, int parts) {
        List<MultiResult> results = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            ErrorCode its = i < index ? ErrorCode.OK : i == index ? code : ErrorCode.RUNTIME_INCONSISTENCY;
            results.add(MultiResult.failed(its.code()));
        }
        return Answer.of(new Reply.Results(results));
    }

    private void undo(long zxid, Map<String, Node> before) {
        changes.clear();
        now.clear();
        now.putAll(before);
        history.values().forEach(past -> past.remove(zxid));
    }

    private Reply one(Moment moment, WriteRequest request) throws Refused {
        return switch (request) {
            case WriteRequest.Create create -> create(moment, create);
            case WriteRequest.Delete delete -> delete(moment, delete);
            case WriteRequest.SetData set -> setData(moment, set);
            case WriteRequest.SetAcl set -> setAcl(moment, set);
            case WriteRequest.Check check -> {
                matchVersion(check.version(), permitted(moment, Perms.READ, check.path()).version);
                yield new Reply.Nothing();
            }
            default -> throw new IllegalArgumentException("Not for the model: " + request);
        };
    }

    /** The znode, if there is one and the client may do that with it. */
    private Node permitted(Moment moment, int permission, String path) throws Refused {
        Node node = required(now.get(path));
        Rights.require(node.acl, moment.who, permission);
        return node;
    }

    private Reply create(Moment moment, WriteRequest.Create create) throws Refused {
        List<Acl> acl = Rights.effective(create.acl(), moment.who);
        String parentPath = parentOf(create.path());
        Node parent = permitted(moment, Perms.CREATE, parentPath);
        String path =
                (create.flags() & SEQUENTIAL) == 0 ? create.path() : create.path() + "%010d".formatted(parent.created);
        if (now.containsKey(path)) {
            throw new Refused(ErrorCode.NODE_EXISTS);
        }
        if (parent.owner != 0) {
            throw new Refused(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        long zxid = moment.zxid;
        long timeMs = moment.timeMs;
        long owner = (create.flags() & EPHEMERAL) == 0 ? 0 : moment.sessionId;
        Node node = new Node(text(create.data()), zxid, zxid, zxid, timeMs, timeMs, 0, 0, 0, acl, owner, 0, List.of());
        put(zxid, path, node);
        put(zxid, parentPath, parent.withChild(nameOf(path), zxid));
        changes.add(new Change(Kind.CREATED, path, acl, parent.acl));
        return create.op() == OpCode.CREATE ? new Reply.Path(path) : new Reply.PathAndStat(path, node.stat());
    }

    private static String text(byte @Nullable [] data) {
        return data == null ? "" : new String(data, StandardCharsets.UTF_8);
    }

    private Reply delete(Moment moment, WriteRequest.Delete delete) throws Refused {
        permitted(moment, Perms.DELETE, parentOf(delete.path()));
        Node node = required(now.get(delete.path()));
        matchVersion(delete.version(), node.version);
        if (!node.children.isEmpty()) {
            throw new Refused(ErrorCode.NOT_EMPTY);
        }
        delete(moment.zxid, delete.path());
        return new Reply.Nothing();
    }

    private void delete(long zxid, String path) {
        Node node = Objects.requireNonNull(now.get(path));
        String parentPath = parentOf(path);
        Node parent = Objects.requireNonNull(now.get(parentPath));
        remove(zxid, path);
        put(zxid, parentPath, parent.withoutChild(nameOf(path), zxid));
        changes.add(new Change(Kind.DELETED, path, node.acl, parent.acl));
    }

    private Reply setData(Moment moment, WriteRequest.SetData set) throws Refused {
        Node node = permitted(moment, Perms.WRITE, set.path());
        matchVersion(set.version(), node.version);
        Node next = node.written(text(set.data()), moment.zxid, moment.timeMs);
        put(moment.zxid, set.path(), next);
        changes.add(new Change(Kind.DATA, set.path(), node.acl, List.of()));
        return new Reply.OnlyStat(next.stat());
    }

    private Reply setAcl(Moment moment, WriteRequest.SetAcl set) throws Refused {
        List<Acl> acl = Rights.effective(set.acl(), moment.who);
        Node node = permitted(moment, Perms.ADMIN, set.path());
        matchVersion(set.version(), node.aversion);
        Node next = node.guardedBy(acl);
        put(moment.zxid, set.path(), next);
        return new Reply.OnlyStat(next.stat());
    }

    private static void matchVersion(int expected, int actual) throws Refused {
        if (expected != -1 && expected != actual) {
            throw new Refused(ErrorCode.BAD_VERSION);
        }
    }

    /** The ephemerals of a session go with it. */
    void close(long zxid, long sessionId) {
        List<String> its = now.entrySet().stream()
                .filter(entry -> entry.getValue().owner == sessionId)
                .map(Map.Entry::getKey)
                .toList();
        its.forEach(path -> delete(zxid, path));
    }

    // ---- reads

    Answer read(long zxid, ReadRequest request, List<Id> who) {
        try {
            return Answer.of(
                    switch (request) {
                        case ReadRequest.Exists exists ->
                            new Reply.OnlyStat(
                                    readable(zxid, exists.path(), who).stat());
                        case ReadRequest.GetData get -> {
                            Node node = readable(zxid, get.path(), who);
                            yield new Reply.DataAndStat(node.data.getBytes(StandardCharsets.UTF_8), node.stat());
                        }
                        case ReadRequest.GetChildren get -> new Reply.Names(readable(zxid, get.path(), who).children);
                        case ReadRequest.GetChildren2 get -> {
                            Node node = readable(zxid, get.path(), who);
                            yield new Reply.NamesAndStat(node.children, node.stat());
                        }
                        case ReadRequest.GetAcl get -> {
                            Node node = required(at(zxid, get.path()));
                            Rights.require(node.acl, who, Perms.READ | Perms.ADMIN);
                            yield new Reply.AclAndStat(Rights.shown(node.acl, who), node.stat());
                        }
                        default -> throw new IllegalArgumentException("Not for the model: " + request);
                    });
        } catch (Refused refused) {
            return Answer.failure(refused.code());
        }
    }

    private Node readable(long zxid, String path, List<Id> who) throws Refused {
        Node node = required(at(zxid, path));
        Rights.require(node.acl, who, Perms.READ);
        return node;
    }

    /** All znodes but the root, as they are now. */
    void forEach(BiConsumer<String, Stat> visitor) {
        now.forEach((path, node) -> {
            if (!path.equals("/")) {
                visitor.accept(path, node.stat());
            }
        });
    }

    List<Acl> aclOf(String path) {
        return Objects.requireNonNull(now.get(path)).acl;
    }

    String dataOf(String path) {
        return Objects.requireNonNull(now.get(path)).data;
    }

    Set<String> paths() {
        return new TreeSet<>(now.keySet());
    }
}
