package io.pando.session;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of request, with the numbers that ZooKeeper's protocol gives them. The one place that says which of them a
 * client may send: some are the servers' own, and {@link #CHECK} means something only inside a multi.
 */
public enum OpCode {
    CLOSE_SESSION(-11, Origin.CLIENT, Kind.WRITE),
    CREATE_SESSION(-10, Origin.SERVER, Kind.WRITE),
    ERROR(-1, Origin.SERVER, Kind.OTHER),
    NOTIFICATION(0, Origin.SERVER, Kind.OTHER),
    CREATE(1, Origin.CLIENT, Kind.WRITE),
    DELETE(2, Origin.CLIENT, Kind.WRITE),
    EXISTS(3, Origin.CLIENT, Kind.OTHER),
    GET_DATA(4, Origin.CLIENT, Kind.OTHER),
    SET_DATA(5, Origin.CLIENT, Kind.WRITE),
    GET_ACL(6, Origin.CLIENT, Kind.OTHER),
    SET_ACL(7, Origin.CLIENT, Kind.WRITE),
    GET_CHILDREN(8, Origin.CLIENT, Kind.OTHER),
    SYNC(9, Origin.CLIENT, Kind.OTHER),
    PING(11, Origin.CLIENT, Kind.OTHER),
    GET_CHILDREN2(12, Origin.CLIENT, Kind.OTHER),
    CHECK(13, Origin.MULTI, Kind.WRITE),
    MULTI(14, Origin.CLIENT, Kind.WRITE),
    CREATE2(15, Origin.CLIENT, Kind.WRITE),
    RECONFIG(16, Origin.CLIENT, Kind.WRITE),
    CHECK_WATCHES(17, Origin.CLIENT, Kind.OTHER),
    REMOVE_WATCHES(18, Origin.CLIENT, Kind.OTHER),
    CREATE_CONTAINER(19, Origin.CLIENT, Kind.WRITE),
    DELETE_CONTAINER(20, Origin.SERVER, Kind.WRITE),
    CREATE_TTL(21, Origin.CLIENT, Kind.WRITE),
    MULTI_READ(22, Origin.CLIENT, Kind.OTHER),
    AUTH(100, Origin.CLIENT, Kind.OTHER),
    SET_WATCHES(101, Origin.CLIENT, Kind.OTHER),
    SASL(102, Origin.CLIENT, Kind.OTHER),
    GET_EPHEMERALS(103, Origin.CLIENT, Kind.OTHER),
    GET_ALL_CHILDREN_NUMBER(104, Origin.CLIENT, Kind.OTHER),
    SET_WATCHES2(105, Origin.CLIENT, Kind.OTHER),
    ADD_WATCH(106, Origin.CLIENT, Kind.OTHER),
    WHO_AM_I(107, Origin.CLIENT, Kind.OTHER);

    private static final int LOWEST = -11;
    private static final @Nullable OpCode[] BY_NUMBER = new @Nullable OpCode[107 - LOWEST + 1];

    static {
        for (OpCode op : values()) {
            BY_NUMBER[op.number - LOWEST] = op;
        }
    }

    private final int number;
    private final Origin origin;
    private final Kind kind;

    OpCode(int number, Origin origin, Kind kind) {
        this.number = number;
        this.origin = origin;
        this.kind = kind;
    }

    public static @Nullable OpCode of(int number) {
        int index = number - LOWEST;
        return index >= 0 && index < BY_NUMBER.length ? BY_NUMBER[index] : null;
    }

    public int number() {
        return number;
    }

    /** Whether a connection may send it. The answer to the others is Unimplemented (-6) and a closed connection. */
    public boolean mayComeFromConnection() {
        return origin == Origin.CLIENT;
    }

    /** Whether it asks for a transaction. A sync asks for none, though it too goes the way of the writes. */
    public boolean isWrite() {
        return kind == Kind.WRITE;
    }

    private enum Origin {
        CLIENT,
        MULTI,
        SERVER
    }

    private enum Kind {
        WRITE,
        OTHER
    }
}
