package io.pando.recipes.line;

import io.pando.client.Pando;
import io.pando.client.connection.Session;
import io.pando.client.error.ClosedException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ephemeral of this client: what it stands for holds as long as it exists, and it belongs to the session that created it. Once it is
 * {@linkplain #remove removed} it is certain to go, be it by a delete that is repeated until it is answered or with its session.
 */
public final class OwnNode {
    private static final Logger LOG = LoggerFactory.getLogger(OwnNode.class);
    private static final String PROTECTED = "_c_";

    private final Pando pando;
    private final String path;
    private final long czxid;
    private final long sessionId;
    private final AtomicBoolean removing = new AtomicBoolean();
    private final CompletableFuture<Void> removed = new CompletableFuture<>();

    OwnNode(Pando pando, String path, Stat stat) {
        this(pando, path, stat.czxid(), stat.ephemeralOwner());
    }

    private OwnNode(Pando pando, String path, long czxid, long sessionId) {
        this.pando = pando;
        this.path = path;
        this.czxid = czxid;
        this.sessionId = sessionId;
    }

    /** Another of the same session beside it, of which nothing is to be known but that it has to go. */
    OwnNode sibling(String name) {
        return new OwnNode(pando, ZnodePath.childOf(ZnodePath.parentOf(path), name), czxid, sessionId);
    }

    /** A name that nobody else gives, and by which a znode is found when the answer to its creation is lost; Curator's form of it. */
    public static String protectedName(String name) {
        return PROTECTED + UUID.randomUUID() + "-" + name;
    }

    /**
     * Creates an ephemeral, and what is missing above it as containers.
     *
     * @param name that nobody else gives; to that of a sequential one the server adds digits
     * @param mode an ephemeral one
     * @return when it completes, it is known whether the znode exists, whatever happened to the connection; fails only when it does not,
     *     or goes with a session that is over. To cancel it does nothing
     */
    public static CompletableFuture<OwnNode> create(
            Pando pando, String parent, String name, byte[] data, CreateMode mode) {
        return new Creation(pando, parent, name, data, mode).start();
    }

    public String path() {
        return path;
    }

    public String name() {
        return ZnodePath.nameOf(path);
    }

    /** The zxid of its creation: later ones are higher, anywhere in the tree. */
    public long czxid() {
        return czxid;
    }

    /** The session that created it, and with which it goes. */
    public long sessionId() {
        return sessionId;
    }

    /** Whether its session is the one that the client has. If not, the znode is gone or about to go, and stands for nothing. */
    public boolean isOfSessionInForce() {
        Optional<Session> inForce = pando.session();
        return inForce.isPresent() && inForce.get().id() == sessionId;
    }

    /**
     * Deletes it, in the background and for as long as it takes. More than once is once.
     *
     * @return completes when it is gone, or goes with its session
     */
    public CompletableFuture<Void> remove() {
        if (removing.compareAndSet(false, true)) {
            delete();
        }
        return removed;
    }

    private void delete() {
        if (!isOfSessionInForce()) {
            removed.complete(null);
            return;
        }
        pando.delete(path).quietly().async().whenComplete((deleted, failure) -> {
            if (failure == null || failure instanceof ClosedException) {
                removed.complete(null);
            } else if (Trouble.mayHelpToLookAgain(failure)) {
                Trouble.later(this::delete);
            } else {
                LOG.warn("{} can't be deleted and will stay until its session ends: {}", path, failure.getMessage());
                removed.completeExceptionally(failure);
            }
        });
    }

    @Override
    public String toString() {
        return path;
    }
}
