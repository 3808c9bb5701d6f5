package io.pando.test.torture;

import java.util.EnumSet;
import java.util.Set;

/** What a watch is for, and for how long. */
enum WatchKind {
    /** One time, for the data of a znode that is always there. */
    DATA,
    /** One time, for its children. */
    CHILDREN,
    /** One time, for a znode that comes and goes. */
    EXISTENCE,
    /** For good, for a znode and its children. */
    PERSISTENT,
    /** For good, for a znode and all that is below it. */
    RECURSIVE;

    static final Set<WatchKind> ALL = EnumSet.allOf(WatchKind.class);

    boolean isOneTime() {
        return this == DATA || this == CHILDREN || this == EXISTENCE;
    }
}
