package io.pando.test.differential;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws paths: few names, so that requests meet; often one that was made lately; sometimes nonsense. */
final class Paths {
    /** Made anew for each sequence, so that the counters of sequential names start anew too. */
    static final String ROOT = "/t";

    private static final List<String> NAMES = List.of("a", "b", "c");
    // Not the empty path: to ZooKeeper's reads it is the root, to Pando's no znode.
    private static final List<String> NONSENSE = List.of(
            "a",
            "a/b",
            "/a/",
            "//",
            "/a//b",
            "/a/./b",
            "/..",
            "/a/..",
            "/a\u0000",
            "/a\u0001b",
            "/\u007f",
            "/a\u0085",
            "/\ue000",
            "/a/\uf8ff",
            "/\ufff0",
            "/\uffff",
            "/a/b/c/d/e/f",
            "/ ",
            "/größe",
            "/根");
    private static final List<String> RESERVED = List.of(
            "/",
            ROOT,
            "/d",
            "/zookeeper",
            "/zookeeper/quota",
            "/zookeeper/config",
            "/zookeeper/a",
            "/zookeeper/config/a");

    private static final int MEMORY = 12;

    private final RandomGenerator random;
    private final Deque<String> learned = new ArrayDeque<>();

    Paths(RandomGenerator random) {
        this.random = random;
    }

    /** Remembers a path that was just created. */
    void learn(String path) {
        learned.add(path);
        if (learned.size() > MEMORY) learned.remove();
    }

    @Nullable
    String draw() {
        return random.nextInt(100) == 0 ? null : drawNamed();
    }

    /** Any but null. */
    String drawNamed() {
        int chance = random.nextInt(100);
        if (chance < 3) return NONSENSE.get(random.nextInt(NONSENSE.size()));
        if (chance < 6) return RESERVED.get(random.nextInt(RESERVED.size()));
        return sensible();
    }

    /** What probably exists, or a name in it, or one of the few paths that do not depend on the past. */
    String sensible() {
        int chance = random.nextInt(10);
        if (chance < 5 && !learned.isEmpty()) return recent();
        if (chance < 7 && !learned.isEmpty()) return recent() + '/' + name();
        return ROOT + '/' + name() + (chance < 9 ? "" : "/" + name());
    }

    private String recent() {
        return learned.stream().skip(random.nextInt(learned.size())).findFirst().orElseThrow();
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
