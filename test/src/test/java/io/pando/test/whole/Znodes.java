package io.pando.test.whole;

import io.pando.datatree.ErrorCode;
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
 * The znodes by the book: a second, simple implementation of the rules, which knows what every znode was at every zxid. ACLs, quotas and
 * times to live are not for it.
 */
final class Znodes {
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;

    private static final Node GONE = new Node("", -1, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    private final Map<String, TreeMap<Long, Node>> history = new HashMap<>();
    private final TreeMap<String, Node> now = new TreeMap<>();
    private List<Change> changes = new ArrayList<>();

    Znodes() {
        put(0, "/", new Node("", 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    /** What happens to a znode. */
    enum Kind {
        CREATED,
        DELETED,
        DATA
    }

    record Change(Kind kind, String path) {}

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
            long owner,
            int created,
            List<String> children) {

        Node written(String next, long zxid, long timeMs) {
            return new Node(next, czxid, zxid, pzxid, ctime, timeMs, version + 1, cversion, owner, created, children);
        }

        Node withChild(String name, long zxid) {
            List<String> more = new ArrayList<>(children);
            more.add(name);
            return new Node(data, czxid, mzxid, zxid, ctime, mtime, version, cversion + 1, owner, created + 1, more);
        }

        Node withoutChild(String name, long zxid) {
            List<String> fewer = new ArrayList<>(children);
            fewer.remove(name);
            return new Node(data, czxid, mzxid, zxid, ctime, mtime, version, cversion + 1, owner, created, fewer);
        }

        Stat stat() {
            return new Stat(
                    czxid, mzxid, ctime, mtime, version, cversion, 0, owner, data.length(), children.size(), pzxid);
        }
    }

    /** A rule that a request breaks. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final ErrorCode code;

        Refused(ErrorCode code) {
            super(code.name(), null, false, false);
            this.code = code;
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

    Answer write(long zxid, long timeMs, long sessionId, WriteRequest request) {
        try {
            return request instanceof WriteRequest.Multi multi
                    ? multi(zxid, timeMs, sessionId, multi)
                    : Answer.of(one(zxid, timeMs, sessionId, request));
        } catch (Refused refused) {
            return Answer.failure(refused.code);
        }
    }

    private Answer multi(long zxid, long timeMs, long sessionId, WriteRequest.Multi multi) {
        TreeMap<String, Node> before = new TreeMap<>(now);
        List<MultiResult> results = new ArrayList<>();
        for (WriteRequest.Part part : multi.parts()) {
            try {
                results.add(MultiResult.of(part.op(), one(zxid, timeMs, sessionId, part)));
            } catch (Refused refused) {
                undo(zxid, before);
                return failedMulti(results.size(), refused.code, multi.parts().size());
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

    private Reply one(long zxid, long timeMs, long sessionId, WriteRequest request) throws Refused {
        return switch (request) {
            case WriteRequest.Create create -> create(zxid, timeMs, sessionId, create);
            case WriteRequest.Delete delete -> delete(zxid, delete);
            case WriteRequest.SetData set -> setData(zxid, timeMs, set);
            case WriteRequest.Check check -> {
                matchVersion(check.version(), required(now.get(check.path())).version);
                yield new Reply.Nothing();
            }
            default -> throw new IllegalArgumentException("Not for the model: " + request);
        };
    }

    private Reply create(long zxid, long timeMs, long sessionId, WriteRequest.Create create) throws Refused {
        String parentPath = parentOf(create.path());
        Node parent = required(now.get(parentPath));
        String path =
                (create.flags() & SEQUENTIAL) == 0 ? create.path() : create.path() + "%010d".formatted(parent.created);
        if (now.containsKey(path)) {
            throw new Refused(ErrorCode.NODE_EXISTS);
        }
        if (parent.owner != 0) {
            throw new Refused(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        byte[] data = create.data();
        String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
        long owner = (create.flags() & EPHEMERAL) == 0 ? 0 : sessionId;
        Node node = new Node(text, zxid, zxid, zxid, timeMs, timeMs, 0, 0, owner, 0, List.of());
        put(zxid, path, node);
        put(zxid, parentPath, parent.withChild(nameOf(path), zxid));
        changes.add(new Change(Kind.CREATED, path));
        return create.op() == OpCode.CREATE ? new Reply.Path(path) : new Reply.PathAndStat(path, node.stat());
    }

    private Reply delete(long zxid, WriteRequest.Delete delete) throws Refused {
        Node node = required(now.get(delete.path()));
        matchVersion(delete.version(), node.version);
        if (!node.children.isEmpty()) {
            throw new Refused(ErrorCode.NOT_EMPTY);
        }
        delete(zxid, delete.path());
        return new Reply.Nothing();
    }

    private void delete(long zxid, String path) {
        String parent = parentOf(path);
        remove(zxid, path);
        put(zxid, parent, Objects.requireNonNull(now.get(parent)).withoutChild(nameOf(path), zxid));
        changes.add(new Change(Kind.DELETED, path));
    }

    private Reply setData(long zxid, long timeMs, WriteRequest.SetData set) throws Refused {
        Node node = required(now.get(set.path()));
        matchVersion(set.version(), node.version);
        byte[] data = set.data();
        Node next = node.written(data == null ? "" : new String(data, StandardCharsets.UTF_8), zxid, timeMs);
        put(zxid, set.path(), next);
        changes.add(new Change(Kind.DATA, set.path()));
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

    Answer read(long zxid, ReadRequest request) {
        try {
            return switch (request) {
                case ReadRequest.Exists exists ->
                    Answer.of(
                            new Reply.OnlyStat(required(at(zxid, exists.path())).stat()));
                case ReadRequest.GetData get -> {
                    Node node = required(at(zxid, get.path()));
                    yield Answer.of(new Reply.DataAndStat(node.data.getBytes(StandardCharsets.UTF_8), node.stat()));
                }
                case ReadRequest.GetChildren get -> Answer.of(new Reply.Names(required(at(zxid, get.path())).children));
                case ReadRequest.GetChildren2 get -> {
                    Node node = required(at(zxid, get.path()));
                    yield Answer.of(new Reply.NamesAndStat(node.children, node.stat()));
                }
                default -> throw new IllegalArgumentException("Not for the model: " + request);
            };
        } catch (Refused refused) {
            return Answer.failure(refused.code);
        }
    }

    /** All znodes but the root, as they are now. */
    void forEach(BiConsumer<String, Stat> visitor) {
        now.forEach((path, node) -> {
            if (!path.equals("/")) {
                visitor.accept(path, node.stat());
            }
        });
    }

    String dataOf(String path) {
        return Objects.requireNonNull(now.get(path)).data;
    }

    Set<String> paths() {
        return new TreeSet<>(now.keySet());
    }
}
