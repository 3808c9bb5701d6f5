package io.pando.client.watch;

import io.pando.session.AddWatchMode;

/** A persistent watch and who is told. Compared by identity. Confined to the event loop. */
public final class Standing {
    private final AddWatchMode mode;
    private final String path;
    private final WatchListener listener;
    private boolean established;

    /**
     * A watch that is not set yet.
     *
     * @param path as the server names it
     * @param listener told on the event loop, with the server's paths
     */
    public Standing(AddWatchMode mode, String path, WatchListener listener) {
        this.mode = mode;
        this.path = path;
        this.listener = listener;
    }

    public AddWatchMode mode() {
        return mode;
    }

    public String path() {
        return path;
    }

    /** A server has set it. Until then it is not set again on other connections, for a server that does not know such watches breaks up. */
    public void establish() {
        established = true;
    }

    boolean isEstablished() {
        return established;
    }

    WatchListener listener() {
        return listener;
    }
}
