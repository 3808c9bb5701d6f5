package io.pando.test.recipes.faults;

import java.util.List;

/** Where what is. */
record Stage(String root) {
    static final int LEASES = 2;

    static Stage under(String root) {
        return new Stage(root);
    }

    String history(String kind) {
        return root + "/history/" + kind;
    }

    /** All that have a history. */
    static List<String> kinds() {
        return List.of("lock", "rw", "semaphore", "latch", "selector", "barrier", "double");
    }

    String alive(String who) {
        return root + "/alive/" + who;
    }

    String lock() {
        return root + "/lock";
    }

    String readWrite() {
        return root + "/rw";
    }

    String semaphore() {
        return root + "/semaphore";
    }

    String latch() {
        return root + "/latch";
    }

    String selector() {
        return root + "/selector";
    }

    String barrier() {
        return root + "/barrier";
    }

    String doubleBarrier() {
        return root + "/double";
    }

    String work() {
        return root + "/work";
    }

    String claims() {
        return root + "/claims";
    }

    String simple() {
        return root + "/simple";
    }

    /** Where nothing may be once nobody plays any more. */
    List<String> lines() {
        return List.of(
                lock(),
                readWrite(),
                semaphore() + "/locks",
                semaphore() + "/leases",
                latch(),
                selector(),
                doubleBarrier(),
                claims());
    }
}
