package io.pando.recipes.persistent;

import io.pando.client.Pando;
import io.pando.client.call.Call;
import io.pando.client.call.Create;
import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.Session;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Stat;
import io.pando.recipes.steps.Steps;
import io.pando.recipes.steps.Turns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the znode is there and whose it is, and does something about it; looks again whenever the watch on it, a new session or
 * a failure gives a reason. One look at a time, each a chain of requests. Everything here happens in turns.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long PATIENCE_MS = 200;
    private static final long LONG_PATIENCE_MS = 5_000;

    private final Pando pando;
    private final CreateMode mode;
    private final Turns turns = new Turns();
    private final Handle connection;
    private final CopyOnWriteArrayList<Consumer<Presence>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> firstPresence = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> dataToTell = new ArrayList<>();

    /** All sessions of this client under which the znode was created. */
    private final Set<Long> ownSessions = new HashSet<>();

    private boolean named;
    private boolean replacingOlder;
    private byte[] data;

    /** Whether the znode may hold other data: what was there already does until it was set once. */
    private boolean dataIsOld = true;

    private boolean looking;
    private boolean lookAgain;
    private boolean closed;
    private @Nullable CompletableFuture<NodeEvent> watch;

    // Written in turns, read by any thread.
    private volatile String path;
    private volatile Presence presence = Presence.ABSENT;

    Keeper(PersistentNode.Description wanted) {
        pando = wanted.pando;
        path = wanted.path;
        mode = wanted.mode;
        data = wanted.data;
        replacingOlder = wanted.replacingOlder;
        named = !mode.isSequential();
        connection = pando.listen(event -> {
            if (event instanceof ConnectionEvent.Connected) {
                turns.take(this::look);
            } else if (event instanceof ConnectionEvent.Lost && mode.isEphemeral()) {
                turns.take(() -> is(Presence.ABSENT));
            }
        });
    }

    void start() {
        turns.take(this::look);
    }

    String path() {
        return path;
    }

    Presence presence() {
        return presence;
    }

    CompletableFuture<String> firstPresence() {
        return firstPresence;
    }

    Handle listen(Consumer<Presence> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    CompletableFuture<Void> setData(byte[] bytes) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        turns.take(() -> {
            if (closed) {
                told.completeExceptionally(new ClosedException("setData", path));
                return;
            }
            data = bytes;
            dataIsOld = true;
            dataToTell.add(told);
            look();
        });
        return told;
    }

    CompletableFuture<Void> close() {
        turns.take(() -> {
            if (closed) {
                return;
            }
            closed = true;
            connection.close();
            endWatch();
            is(Presence.CLOSED);
            ClosedException why = new ClosedException("keep", path);
            firstPresence.completeExceptionally(why);
            dataToTell.forEach(told -> told.completeExceptionally(why));
            dataToTell.clear();
            if (!looking) {
                release();
            }
        });
        return released.copy();
    }

    // ---- one look

    private void look() {
        if (closed) {
            return;
        }
        if (looking) {
            lookAgain = true;
            return;
        }
        looking = true;
        if (named) {
            answered(pando.exists(path).watched(), this::found);
        } else {
            create();
        }
    }

    /** The look is over; what gave a reason for another meanwhile gets one. */
    private void looked() {
        looking = false;
        if (closed) {
            release();
        } else if (lookAgain) {
            lookAgain = false;
            look();
        }
    }

    private <T> void answered(Call<T> call, Consumer<T> then) {
        call.async()
                .whenComplete((result, failure) -> turns.take(() -> {
                    if (failure != null) {
                        failed(Steps.refusal(failure));
                    } else {
                        then.accept(result);
                    }
                }));
    }

    private void failed(Throwable cause) {
        boolean changedMeanwhile = cause instanceof NoNodeException || cause instanceof NodeExistsException;
        if (cause instanceof ClosedException) {
            looked();
            return;
        }
        if (!changedMeanwhile && !Steps.mayPass(cause)) {
            LOG.warn("{} can't be kept in existence for now: {}", path, cause.getMessage());
        }
        turns.takeAfter(changedMeanwhile || Steps.mayPass(cause) ? PATIENCE_MS : LONG_PATIENCE_MS, () -> {
            lookAgain = true;
            looked();
        });
    }

    private void found(Watched<Optional<Stat>> seen) {
        endWatch();
        watch = seen.event();
        seen.event().whenComplete((event, ended) -> {
            if (ended == null) {
                turns.take(this::look);
            }
        });
        if (closed) {
            endWatch();
            looked();
        } else if (seen.value().isEmpty()) {
            is(Presence.ABSENT);
            create();
        } else {
            judge(seen.value().get());
        }
    }

    private void judge(Stat there) {
        long owner = there.ephemeralOwner();
        long own = pando.session().map(Session::id).orElse(0L);
        if (!mode.isEphemeral() || (owner == own && owner != 0)) {
            refresh();
        } else if (owner != 0 && (replacingOlder || ownSessions.contains(owner))) {
            replace(there);
        } else {
            is(Presence.DISPLACED);
            looked();
        }
    }

    private void create() {
        byte[] bytes = data;
        Create create =
                pando.create(path).data(bytes).mode(named ? unnumbered() : mode).makeParents(CreateMode.CONTAINER);
        answered(named ? create : create.protect(), created -> {
            path = created.path();
            dataIsOld = !Arrays.equals(data, bytes);
            own(created.stat().ephemeralOwner());
            if (named) {
                refresh();
            } else {
                named = true;
                lookAgain = true;
                looked();
            }
        });
    }

    /** In one step, so that nobody sees the group without its member, or two of it. */
    private void replace(Stat older) {
        byte[] bytes = data;
        answered(pando.transaction().delete(path, older.version()).create(path, bytes, unnumbered()), done -> {
            dataIsOld = !Arrays.equals(data, bytes);
            own(pando.session().map(Session::id).orElse(0L));
            lookAgain = true;
            looked();
        });
    }

    /** The znode is there and is the right one; its data may have to be set. */
    private void refresh() {
        replacingOlder = false;
        if (!dataIsOld) {
            is(Presence.PRESENT);
            firstPresence.complete(path);
            List<CompletableFuture<Void>> told = List.copyOf(dataToTell);
            dataToTell.clear();
            told.forEach(each -> each.complete(null));
            looked();
            return;
        }
        byte[] bytes = data;
        pando.setData(path, bytes)
                .async()
                .whenComplete((stat, failure) -> turns.take(() -> {
                    if (failure == null) {
                        dataIsOld = !Arrays.equals(data, bytes);
                        refresh();
                    } else {
                        failed(Steps.refusal(failure));
                    }
                }));
    }

    private void own(long session) {
        if (session != 0) {
            ownSessions.add(session);
        }
    }

    private CreateMode unnumbered() {
        return switch (mode) {
            case EPHEMERAL_SEQUENTIAL -> CreateMode.EPHEMERAL;
            case PERSISTENT_SEQUENTIAL -> CreateMode.PERSISTENT;
            default -> mode;
        };
    }

    // ---- the end

    /** Deletes it if it is this client's: an ephemeral of another session, or one that never was, is let be. */
    private void release() {
        if (!named) {
            released.complete(null);
            return;
        }
        pando.exists(path)
                .async()
                .whenComplete((there, failure) -> turns.take(() -> {
                    boolean own = failure == null
                            && there.isPresent()
                            && (!mode.isEphemeral()
                                    || ownSessions.contains(there.get().ephemeralOwner()));
                    if (!own) {
                        released.complete(null);
                        return;
                    }
                    pando.delete(path)
                            .version(there.get().version())
                            .quietly()
                            .async()
                            .whenComplete((deleted, refused) -> {
                                if (refused == null || Steps.refusal(refused) instanceof ClosedException) {
                                    released.complete(null);
                                } else if (Steps.mayPass(refused)) {
                                    turns.takeAfter(PATIENCE_MS, this::release);
                                } else {
                                    released.completeExceptionally(Steps.cause(refused));
                                }
                            });
                }));
    }

    private void endWatch() {
        if (watch != null) {
            watch.cancel(false);
            watch = null;
        }
    }

    private void is(Presence now) {
        if (presence == now || presence == Presence.CLOSED) {
            return;
        }
        presence = now;
        listeners.forEach(listener -> turns.take(() -> listener.accept(now)));
    }
}
