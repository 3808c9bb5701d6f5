package io.pando.client.call;

import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.client.connection.SessionKeeper;
import io.pando.client.loop.Callbacks;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.Acl;
import io.pando.datatree.ZnodePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What all calls of one client share. Immutable. */
public final class Caller {
    private final SessionKeeper keeper;
    private final Callbacks callbacks;
    private final Chroot chroot;
    private final List<Acl> defaultAcl;
    private final long timeoutNanos;

    /**
     * What all calls of one client share.
     *
     * @param chroot as the server names it; {@code /} for the whole tree
     * @param defaultAcl of znodes that are created without one
     */
    public Caller(
            SessionKeeper keeper, Callbacks callbacks, String chroot, List<Acl> defaultAcl, long requestTimeoutMs) {
        this.keeper = keeper;
        this.callbacks = callbacks;
        this.chroot = new Chroot(chroot);
        this.defaultAcl = List.copyOf(defaultAcl);
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(requestTimeoutMs);
    }

    public SessionKeeper keeper() {
        return keeper;
    }

    public Callbacks callbacks() {
        return callbacks;
    }

    List<Acl> defaultAcl() {
        return defaultAcl;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    CompletableFuture<Outcome> send(Ask ask) {
        return keeper.submit(ask);
    }

    /** The server's name for a path of the client's. */
    public String full(String path) {
        return chroot.add(path);
    }

    /** The client's name for a path of the server's. */
    public String stripped(String full) {
        return chroot.strip(full);
    }

    public NodeEvent stripped(NodeEvent event) {
        return new NodeEvent(event.type(), chroot.strip(event.path()), event.zxid());
    }

    /**
     * Refuses what no server would take.
     *
     * @throws IllegalArgumentException saying what is wrong with the path
     */
    public static String checked(String path) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + path + "\": " + problem);
        }
        return path;
    }
}
