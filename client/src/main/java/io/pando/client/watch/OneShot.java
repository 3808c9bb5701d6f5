package io.pando.client.watch;

import java.util.function.Consumer;

/** A watch that tells once. Compared by identity: the same wish twice is told twice. Immutable. */
public final class OneShot {
    private final Kind kind;
    private final String path;
    private final Consumer<NodeEvent> listener;
    private final Runnable end;

    /**
     * A watch that is not set yet.
     *
     * @param path as the server names it
     * @param listener told on the event loop, with the server's path
     * @param end run on the event loop when the client is closed before there was an event
     */
    public OneShot(Kind kind, String path, Consumer<NodeEvent> listener, Runnable end) {
        this.kind = kind;
        this.path = path;
        this.listener = listener;
        this.end = end;
    }

    public Kind kind() {
        return kind;
    }

    public String path() {
        return path;
    }

    void tell(NodeEvent event) {
        listener.accept(event);
    }

    void end() {
        end.run();
    }

    /** Which read set it. */
    public enum Kind {
        /** exists: if there is no such znode, its creation is told. */
        EXISTS,
        DATA,
        CHILDREN
    }
}
