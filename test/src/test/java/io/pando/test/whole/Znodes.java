package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
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
 * The znodes by the book: what every one was at every zxid. With {@link Writes}, {@link Reads} and {@link Rights} it is a second, simple
 * implementation of the rules. Quotas and times to live are not for it.
 */
final class Znodes {
    private static final ModelZnode GONE = new ModelZnode("", -1, 0, 0, 0, 0, 0, 0, 0, Acl.OPEN, 0, 0, List.of());

    private final Map<String, TreeMap<Long, ModelZnode>> history = new HashMap<>();
    private final TreeMap<String, ModelZnode> now = new TreeMap<>();
    private List<Change> changes = new ArrayList<>();

    Znodes() {
        put(0, "/", ModelZnode.fresh("", 0, 0, Acl.OPEN, 0));
    }

    /** What happens to a znode. */
    enum Kind {
        CREATED,
        DELETED,
        DATA
    }

    /** @param acl of the znode, as it was if it is deleted */
    record Change(Kind kind, String path, List<Acl> acl, List<Acl> parentAcl) {}

    static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // ---- what was

    private @Nullable ModelZnode at(long zxid, String path) {
        TreeMap<Long, ModelZnode> past = history.get(path);
        Map.Entry<Long, ModelZnode> entry = past == null ? null : past.floorEntry(zxid);
        return entry == null || entry.getValue().equals(GONE) ? null : entry.getValue();
    }

    boolean exists(long zxid, String path) {
        return at(zxid, path) != null;
    }

    /** The znode as it was; refused if there was none. */
    ModelZnode required(long zxid, String path) throws Refused {
        return required(at(zxid, path));
    }

    private static ModelZnode required(@Nullable ModelZnode node) throws Refused {
        if (node == null) {
            throw new Refused(ErrorCode.NO_NODE);
        }
        return node;
    }

    /** The zxid of the newest data of a znode; 0 if there is none. */
    long mzxid(long zxid, String path) {
        ModelZnode node = at(zxid, path);
        return node == null ? 0 : node.mzxid();
    }

    /** The zxid of the newest change of a znode's children; 0 if there is none. */
    long pzxid(long zxid, String path) {
        ModelZnode node = at(zxid, path);
        return node == null ? 0 : node.pzxid();
    }

    /** The ACL of a znode that is there. */
    List<Acl> acl(long zxid, String path) {
        return Objects.requireNonNull(at(zxid, path)).acl();
    }

    // ---- what is

    boolean exists(String path) {
        return now.containsKey(path);
    }

    /** The znode as it is now; refused if there is none. */
    ModelZnode required(String path) throws Refused {
        return required(now.get(path));
    }

    /** All znodes, as they are now and stay here. */
    Map<String, ModelZnode> now() {
        return new TreeMap<>(now);
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
        return Objects.requireNonNull(now.get(path)).acl();
    }

    String dataOf(String path) {
        return Objects.requireNonNull(now.get(path)).data();
    }

    Set<String> paths() {
        return new TreeSet<>(now.keySet());
    }

    // ---- what happens

    private void put(long zxid, String path, ModelZnode node) {
        now.put(path, node);
        history.computeIfAbsent(path, key -> new TreeMap<>()).put(zxid, node);
    }

    private void remove(long zxid, String path) {
        now.remove(path);
        history.computeIfAbsent(path, key -> new TreeMap<>()).put(zxid, GONE);
    }

    /** A znode that was not there, below one that is. */
    void create(long zxid, String path, ModelZnode node) {
        String parentPath = parentOf(path);
        ModelZnode parent = Objects.requireNonNull(now.get(parentPath));
        put(zxid, path, node);
        put(zxid, parentPath, parent.withChild(nameOf(path), zxid));
        changes.add(new Change(Kind.CREATED, path, node.acl(), parent.acl()));
    }

    void delete(long zxid, String path) {
        ModelZnode node = Objects.requireNonNull(now.get(path));
        String parentPath = parentOf(path);
        ModelZnode parent = Objects.requireNonNull(now.get(parentPath));
        remove(zxid, path);
        put(zxid, parentPath, parent.withoutChild(nameOf(path), zxid));
        changes.add(new Change(Kind.DELETED, path, node.acl(), parent.acl()));
    }

    void setData(long zxid, String path, ModelZnode next) {
        put(zxid, path, next);
        changes.add(new Change(Kind.DATA, path, next.acl(), List.of()));
    }

    /** Nobody is told of another ACL. */
    void setAcl(long zxid, String path, ModelZnode next) {
        put(zxid, path, next);
    }

    /** The ephemerals of a session go with it. */
    void close(long zxid, long sessionId) {
        List<String> its = now.entrySet().stream()
                .filter(entry -> entry.getValue().owner() == sessionId)
                .map(Map.Entry::getKey)
                .toList();
        its.forEach(path -> delete(zxid, path));
    }

    /** Nothing has happened at this zxid: all is as it was before. */
    void undo(long zxid, Map<String, ModelZnode> before) {
        changes.clear();
        now.clear();
        now.putAll(before);
        history.values().forEach(past -> past.remove(zxid));
    }

    /** What was changed since this was last asked. */
    List<Change> takeChanges() {
        List<Change> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }
}
