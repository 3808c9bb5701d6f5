package io.pando.test.bench.load;

/** The requests that the workloads send, by their opcodes in the client protocol. */
public final class Frames {
    /** Flags of {@link #create}. */
    public static final int PERSISTENT = 0;

    public static final int EPHEMERAL = 1;

    private static final int CREATE = 1;
    private static final int DELETE = 2;
    private static final int EXISTS = 3;
    private static final int GET_DATA = 4;
    /** Operations that a server may have to tell from others, where {@link #OPERATION_AT} says. */
    public static final int SET_DATA = 5;

    private static final int GET_CHILDREN = 8;
    private static final int MULTI = 14;
    private static final int ADD_WATCH = 106;
    public static final int CLOSE_SESSION = -11;

    /** Where a request has its operation, counted from its length prefix. */
    public static final int OPERATION_AT = 8;

    private static final int ANY_VERSION = -1;

    private Frames() {}

    public static Frame create(String path, int dataBytes, int flags) {
        var data = FrameWriter.filling(dataBytes);
        return FrameWriter.request(
                CREATE, body -> body.path(path).data(data).openAcl().number(flags));
    }

    public static Frame delete(String path) {
        return FrameWriter.request(DELETE, body -> body.path(path).number(ANY_VERSION));
    }

    public static Frame exists(String path) {
        return FrameWriter.request(EXISTS, body -> body.path(path).flag(false));
    }

    public static Frame get(String path) {
        return FrameWriter.request(GET_DATA, body -> body.path(path).flag(false));
    }

    /** A read that leaves a one-shot watch. */
    public static Frame getAndWatch(String path) {
        return FrameWriter.request(GET_DATA, body -> body.path(path).flag(true));
    }

    public static Frame set(String path, int dataBytes) {
        var data = FrameWriter.filling(dataBytes);
        return FrameWriter.request(SET_DATA, body -> body.path(path).data(data).number(ANY_VERSION));
    }

    public static Frame children(String path) {
        return FrameWriter.request(GET_CHILDREN, body -> body.path(path).flag(false));
    }

    /** One transaction of {@code count} sets of znodes with consecutive keys. */
    public static Frame multiOfSets(String path, int dataBytes, int count) {
        var data = FrameWriter.filling(dataBytes);
        return FrameWriter.request(MULTI, body -> {
            for (int i = 0; i < count; i++) {
                body.multiHeader(SET_DATA, false).path(path).data(data).number(ANY_VERSION);
            }
            body.multiHeader(-1, true);
        });
    }

    /** A watch that stays. */
    public static Frame watchPersistently(String path) {
        return FrameWriter.request(ADD_WATCH, body -> body.path(path).number(0));
    }

    public static Frame closeSession() {
        return FrameWriter.request(CLOSE_SESSION, body -> {});
    }
}
