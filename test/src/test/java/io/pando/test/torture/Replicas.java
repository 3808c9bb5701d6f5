package io.pando.test.torture;

import io.pando.client.Pando;
import io.pando.test.harness.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The trees of all servers when nobody writes any more: every znode with its data and its stat has to be the same everywhere. */
final class Replicas {
    private static final int AT_ONCE = 500;
    private static final int SHOWN = 5;
    /** Each of Apache's servers writes it for itself when it starts, so that only its data is the same. */
    private static final String CONFIG = "/zookeeper/config";

    /** A container that nobody uses any more may be reaped while it is read, on one server earlier than on another. */
    private static final int TRIES = 3;

    private final Map<Member, Map<String, String>> trees = new TreeMap<>(Comparator.comparingInt(Member::id));

    private Replicas() {}

    /** Reads all trees, again if they differ. */
    static Replicas read(List<Member> servers) throws InterruptedException {
        Replicas replicas = readOnce(servers);
        for (int tries = 1; tries < TRIES && !replicas.differences().isEmpty(); tries++) replicas = readOnce(servers);
        return replicas;
    }

    private static Replicas readOnce(List<Member> servers) throws InterruptedException {
        Replicas replicas = new Replicas();
        for (Member server : servers) {
            try (Pando pando = Pando.connect(server.connectString())
                    .sessionTimeout(Duration.ofMillis(4 * Session.TIMEOUT_MS))
                    .open()) {
                replicas.trees.put(server, tree(pando));
            }
        }
        return replicas;
    }

    private static Map<String, String> tree(Pando pando) throws InterruptedException {
        pando.getChildren("/").linearizable().now();
        Map<String, String> tree = new TreeMap<>();
        List<String> level = List.of("/");
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (int from = 0; from < level.size(); from += AT_ONCE) {
                readSome(pando, level.subList(from, Math.min(level.size(), from + AT_ONCE)), tree, next);
            }
            level = next;
        }
        return tree;
    }

    private static void readSome(Pando pando, List<String> paths, Map<String, String> tree, List<String> next) {
        List<CompletableFuture<Void>> reads = new ArrayList<>();
        for (String path : paths) {
            var children = pando.getChildren(path).async();
            var znode = pando.getData(path).async();
            CompletableFuture<Void> both = znode.thenAcceptBoth(children, (data, names) -> {
                synchronized (tree) {
                    String stat = path.equals(CONFIG) ? "" : data.stat() + " ";
                    tree.put(path, stat + Arrays.hashCode(data.data()));
                    names.names().forEach(name -> next.add((path.equals("/") ? "" : path) + "/" + name));
                }
            });
            reads.add(both.exceptionally(failure -> {
                synchronized (tree) {
                    tree.put(path, "unreadable (" + failure.getMessage() + ")");
                }
                return null;
            }));
        }
        reads.forEach(CompletableFuture::join);
    }

    /** How many znodes there are. */
    int size() {
        return trees.values().stream().mapToInt(Map::size).max().orElse(0);
    }

    /** What differs between the first server and another, as far as it fits on a screen. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        List<Member> servers = List.copyOf(trees.keySet());
        Member first = servers.getFirst();
        for (Member other : servers.subList(1, servers.size())) {
            compare(first, other).stream().limit(SHOWN).forEach(differences::add);
        }
        return differences;
    }

    private List<String> compare(Member one, Member other) {
        Map<String, String> ofOne = tree(one);
        Map<String, String> ofOther = tree(other);
        TreeSet<String> paths = new TreeSet<>(ofOne.keySet());
        paths.addAll(ofOther.keySet());
        return paths.stream()
                .filter(path -> !String.valueOf(ofOne.get(path)).equals(ofOther.get(path)))
                .map(path ->
                        "%s is %s on %s and %s on %s".formatted(path, ofOne.get(path), one, ofOther.get(path), other))
                .toList();
    }

    private Map<String, String> tree(Member server) {
        return trees.getOrDefault(server, Map.of());
    }
}
