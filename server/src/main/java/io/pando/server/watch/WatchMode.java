package io.pando.server.watch;

/** Kinds of watches a connection can hold on a path; several at once, hence a set of bits. */
public final class WatchMode {
    /** One-shot, told of creation, deletion and new data of the node. */
    public static final int DATA = 1;

    /** One-shot, told of changed children and of the node's deletion. */
    public static final int CHILD = 2;

    /** Told of all that {@link #DATA} and {@link #CHILD} are told of, until removed. */
    public static final int PERSISTENT = 4;

    /** Told of creation, deletion and new data of the node and all its descendants, until removed. */
    public static final int RECURSIVE = 8;

    public static final int ANY = DATA | CHILD | PERSISTENT | RECURSIVE;

    private WatchMode() {}
}
