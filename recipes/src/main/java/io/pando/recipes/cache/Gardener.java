package io.pando.recipes.cache;

import io.pando.client.Pando;
import io.pando.client.call.Call;
import io.pando.client.call.Children;
import io.pando.client.call.DataAndStat;
import io.pando.client.call.Watched;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Steps;
import io.pando.recipes.steps.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Picture} in step with the tree: reads every znode and leaves one-shot watches, reads again what they say has changed.
 * The client keeps these watches across connections and sessions and lets the new server say which of them something has happened to
 * since, so that after a reconnect only that is read again.
 *
 * <p>A server tells of a change before it answers anything from a tree that shows it. So when no read is under way, all changes up to
 * the highest zxid that was seen are in the picture. Everything here happens in turns.
 */
final class Gardener {
    private static final Logger LOG = LoggerFactory.getLogger(Gardener.class);
    private static final long PATIENCE_MS = 100;
    private static final long LONG_PATIENCE_MS = 5_000;

    private final Pando pando;
    private final int depth;
    private final Picture picture;
    private final Turns turns = new Turns();
    private final List<Listening> listeners = new ArrayList<>();
    private Branch root;
    private int underWay;
    private long highestZxid;
    private boolean connected;
    private boolean closed;

    Gardener(Pando pando, String path, int depth, Picture picture) {
        this.pando = pando;
        this.depth = depth;
        this.picture = picture;
        this.root = new Branch(path, null);
    }

    void start(boolean isConnected) {
        turns.take(() -> {
            connected |= isConnected;
            read(root);
        });
    }

    void onConnection(ConnectionEvent event) {
        turns.take(() -> {
            if (event instanceof ConnectionEvent.Connected || event instanceof ConnectionEvent.Reconnected) {
                connected = true;
                awaitWatches();
            } else if (event instanceof ConnectionEvent.Suspended
                    || event instanceof ConnectionEvent.Lost
                    || event instanceof ConnectionEvent.ReadOnly) {
                connected = false;
                growOld();
            }
        });
    }

    private void growOld() {
        if (!picture.isStale()) {
            tell(new CacheEvent.Stale(picture.growsOld()));
        }
    }

    /** The watches are set again ahead of this read, and what they have to tell is told before its answer. */
    private void awaitWatches() {
        underWay++;
        pando.exists(root.path)
                .async()
                .whenComplete((seen, failure) -> turns.take(() -> {
                    underWay--;
                    if (failure == null) {
                        seen.ifPresent(this::saw);
                        settle();
                    } else if (!closed && Steps.mayPass(failure)) {
                        // Without this answer nothing says that all is told.
                        underWay++;
                        turns.takeAfter(PATIENCE_MS, () -> {
                            underWay--;
                            awaitWatches();
                        });
                    }
                }));
    }

    CompletableFuture<Void> refresh() {
        CompletableFuture<Void> refreshed = new CompletableFuture<>();
        pando.exists(root.path)
                .linearizable()
                .async()
                .whenComplete((seen, failure) -> turns.take(() -> {
                    if (failure == null) {
                        whenSettled(refreshed);
                    } else {
                        refreshed.completeExceptionally(Steps.cause(failure));
                    }
                }));
        return refreshed;
    }

    private void whenSettled(CompletableFuture<Void> told) {
        if (closed) {
            told.completeExceptionally(new ClosedException("refresh", root.path));
        } else if (underWay == 0) {
            told.complete(null);
        } else {
            // What is under way now was asked before; behind it come the reads that its answers make necessary.
            pando.exists(root.path).async().whenComplete((seen, failure) -> turns.take(() -> whenSettled(told)));
        }
    }

    Handle listen(Consumer<CacheEvent> listener) {
        Listening listening = new Listening(listener);
        turns.take(() -> {
            picture.nodes().values().forEach(node -> listening.tell(new CacheEvent.Updated(node, Optional.empty())));
            if (!picture.isStale()) {
                listening.tell(new CacheEvent.InSync(picture.asOfZxid()));
            }
            listeners.add(listening);
        });
        return () -> {
            listening.closed = true;
            turns.take(() -> listeners.remove(listening));
        };
    }

    void close() {
        turns.take(() -> {
            closed = true;
            listeners.clear();
            root.endWatches();
            picture.firstSync().completeExceptionally(new ClosedException("cache", root.path));
        });
    }

    private void read(Branch branch) {
        readData(branch);
        if (branch.depth < depth) {
            readChildren(branch);
        }
    }

    private void readData(Branch branch) {
        look(
                branch,
                pando.getData(branch.path).watched(),
                branch::watchesData,
                seen -> show(branch, seen),
                () -> readData(branch));
    }

    private void readChildren(Branch branch) {
        look(
                branch,
                pando.getChildren(branch.path).watched(),
                branch::watchesChildren,
                seen -> grow(branch, seen),
                () -> readChildren(branch));
    }

    /**
     * Looks at a znode and leaves a watch there.
     *
     * @param keep takes the watch
     * @param then what to do with what was seen
     * @param again looks once more: when the watch tells of a change, and after a failure that may pass
     */
    private <T> void look(
            Branch branch,
            Call<Watched<T>> call,
            Consumer<CompletableFuture<NodeEvent>> keep,
            Consumer<T> then,
            Runnable again) {
        underWay++;
        call.async()
                .whenComplete((seen, failure) -> turns.take(() -> {
                    underWay--;
                    if (closed || branch.gone) {
                        if (seen != null) {
                            seen.event().cancel(false);
                        }
                    } else if (failure != null) {
                        failed(branch, failure, again);
                    } else {
                        keep.accept(seen.event());
                        seen.event()
                                .whenComplete((event, ended) -> turns.take(() -> {
                                    if (ended == null && !closed && !branch.gone) {
                                        saw(event.zxid());
                                        again.run();
                                    }
                                }));
                        then.accept(seen.value());
                    }
                    settle();
                }));
    }

    private void failed(Branch branch, Throwable failure, Runnable again) {
        Throwable cause = Steps.cause(failure);
        if (cause instanceof NoNodeException) {
            remove(branch);
        } else if (Steps.mayPass(cause)) {
            // It counts as under way until it has succeeded, for the picture lacks it.
            underWay++;
            turns.takeAfter(PATIENCE_MS, () -> {
                underWay--;
                if (!closed && !branch.gone) {
                    again.run();
                }
                settle();
            });
        } else if (!(cause instanceof ClosedException)) {
            LOG.warn("{} can't be read and is left out of the cache for now: {}", branch.path, cause.getMessage());
            turns.takeAfter(LONG_PATIENCE_MS, () -> {
                if (!closed && !branch.gone) {
                    again.run();
                }
            });
        }
    }

    private void show(Branch branch, DataAndStat seen) {
        saw(seen.stat());
        CachedNode node = new CachedNode(branch.path, seen.data(), seen.stat());
        @Nullable CachedNode before = picture.nodes().put(branch.path, node);
        if (before == null || !before.isSameStateAs(node)) {
            tell(new CacheEvent.Updated(node, Optional.ofNullable(before)));
        }
    }

    private void grow(Branch branch, Children seen) {
        saw(seen.stat());
        Set<String> names = Set.copyOf(seen.names());
        List.copyOf(branch.children.entrySet()).stream()
                .filter(child -> !names.contains(child.getKey()))
                .forEach(child -> remove(child.getValue()));
        for (String name : seen.names()) {
            if (!branch.children.containsKey(name)) {
                Branch child = new Branch(ZnodePath.childOf(branch.path, name), branch);
                branch.children.put(name, child);
                read(child);
            }
        }
    }

    private void remove(Branch branch) {
        forget(branch);
        branch.endWatches();
        @Nullable Branch parent = branch.parent;
        if (parent == null) {
            root = new Branch(branch.path, null);
            awaitRoot(root);
        } else {
            parent.children.remove(ZnodePath.nameOf(branch.path));
        }
    }

    /** From below, as they were deleted. */
    private void forget(Branch branch) {
        branch.gone = true;
        branch.children.values().forEach(this::forget);
        @Nullable CachedNode last = picture.nodes().remove(branch.path);
        if (last != null) {
            tell(new CacheEvent.Removed(last));
        }
    }

    private void awaitRoot(Branch absent) {
        look(
                absent,
                pando.exists(absent.path).watched(),
                absent::watchesData,
                seen -> seen.ifPresent(stat -> {
                    absent.endWatches();
                    read(absent);
                }),
                () -> awaitRoot(absent));
    }

    private void saw(Stat stat) {
        saw(Math.max(Math.max(stat.czxid(), stat.mzxid()), stat.pzxid()));
    }

    private void saw(long zxid) {
        highestZxid = Math.max(highestZxid, zxid);
    }

    private void settle() {
        if (underWay > 0 || !connected || closed) {
            return;
        }
        boolean wasStale = picture.isStale();
        picture.isCurrent(highestZxid);
        if (wasStale) {
            tell(new CacheEvent.InSync(highestZxid));
        }
    }

    private void tell(CacheEvent event) {
        for (Listening each : listeners) {
            each.tell(event);
        }
    }

    /** One wish to be told. */
    private static final class Listening {
        private final Consumer<CacheEvent> listener;
        private volatile boolean closed; // set by whoever ends it, read in turns

        Listening(Consumer<CacheEvent> listener) {
            this.listener = listener;
        }

        void tell(CacheEvent event) {
            if (closed) {
                return;
            }
            try {
                listener.accept(event);
            } catch (RuntimeException thrown) {
                LOG.error("A listener of a cache threw an exception at {}", event, thrown);
            }
        }
    }
}
