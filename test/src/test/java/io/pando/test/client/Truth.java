package io.pando.test.client;

import io.pando.client.Pando;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The only one who changes a subtree, and so the one who knows its true history: every state of every znode. */
final class Truth {
    private static final int NAMES = 5;

    private final Pando writer;
    private final String root;
    private final Random chance;
    private final Map<String, List<State>> histories = new TreeMap<>();
    private final Map<String, State> now = new HashMap<>();
    private int writes;

    Truth(Pando writer, String root, Random chance) {
        this.writer = writer;
        this.root = root;
        this.chance = chance;
    }

    /**
     * What a znode was from {@code zxid} on.
     *
     * @param stat null when there was no znode
     */
    record State(long zxid, @Nullable Stat stat, String data) {}

    void begin() throws Exception {
        var created = writer.create(root).data("root").makeParents().now();
        note(root, new State(created.stat().czxid(), created.stat(), "root"));
    }

    /** Creates, changes or deletes one znode. */
    void change() throws Exception {
        String parent = root + "/" + chance.nextInt(NAMES);
        String path = chance.nextBoolean() ? parent : parent + "/" + chance.nextInt(NAMES);
        String data = "data " + writes++;
        if (!now.containsKey(path)) {
            if (!path.equals(parent) && !now.containsKey(parent)) {
                return;
            }
            var created =
                    writer.create(path).data(data).mode(CreateMode.PERSISTENT).now();
            note(path, new State(created.stat().czxid(), created.stat(), data));
        } else if (chance.nextInt(3) > 0 || hasChildren(path)) {
            Stat stat = writer.setData(path, data).now();
            note(path, new State(stat.mzxid(), stat, data));
        } else {
            writer.delete(path).now();
            long zxid = writer.exists(path.substring(0, path.lastIndexOf('/')))
                    .now()
                    .orElseThrow()
                    .pzxid();
            note(path, new State(zxid, null, ""));
        }
    }

    private boolean hasChildren(String path) {
        return now.keySet().stream().anyMatch(other -> other.startsWith(path + "/"));
    }

    private void note(String path, State state) {
        histories.computeIfAbsent(path, added -> new ArrayList<>()).add(state);
        if (state.stat == null) {
            now.remove(path);
        } else {
            now.put(path, state);
        }
    }

    List<State> history(String path) {
        return histories.getOrDefault(path, List.of());
    }

    Map<String, List<State>> histories() {
        return histories;
    }

    /** The data of what there is. */
    Map<String, String> now() {
        Map<String, String> data = new TreeMap<>();
        now.forEach((path, state) -> data.put(path, state.data));
        return data;
    }
}
