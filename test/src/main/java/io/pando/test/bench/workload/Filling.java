package io.pando.test.bench.workload;

import io.pando.test.bench.load.Tally;
import io.pando.test.bench.target.Target;

/** What a server is filled with: znodes numbered from 0, in folders of a thousand. */
final class Filling {
    private static final int CHILDREN_PER_FOLDER = 1_000;
    private static final String PARENT = Znodes.ROOT + "/fill";
    private static final String FOLDERS = PARENT + "/folder-######";
    /** Takes the digits of a key, those of its folder first. */
    static final String ZNODES = FOLDERS + "/znode-###";

    private final Znodes made;
    private final int znodes;

    Filling(Target target, int znodes) {
        made = new Znodes(target);
        this.znodes = znodes;
    }

    /** Unless they are there. */
    void makeFolders() {
        made.create(Znodes.ROOT);
        made.create(PARENT);
        made.createAll(FOLDERS, 1 + (znodes - 1) / CHILDREN_PER_FOLDER, 0);
    }

    /** Unless they are there. */
    Tally makeZnodes(int dataBytes) {
        return made.createAll(ZNODES, znodes, dataBytes);
    }

    void removeZnodes() {
        made.deleteAll(ZNODES, znodes);
    }

    static String pathOf(int znode) {
        return FOLDERS.replace("######", "%06d").formatted(znode / CHILDREN_PER_FOLDER)
                + "/znode-%03d".formatted(znode % CHILDREN_PER_FOLDER);
    }
}
