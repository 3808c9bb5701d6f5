package io.pando.recipes.line;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.SessionExpiredException;
import io.pando.client.error.TransactionFailedException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.client.watch.Handle;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The creation of an own znode, to its definite end: when it is told, there is one znode with the name that was given, and no other.
 *
 * <p>When the answer is lost, the znode is looked for by its name, behind another write of the same session. That is answered behind
 * whatever the lost connection had handed over, and what it had not is barred by the return to the session; so what is seen is final.
 * A sync would not do: it may be answered while a write of the lost connection is still on its way to be committed. For the same reason a
 * create that was sent again may have been carried out twice, and the name tells which ones are superfluous.
 */
final class Creation {
    private final Pando pando;
    private final String parent;
    private final String name;
    private final byte[] data;
    private final CreateMode mode;
    private final CompletableFuture<OwnNode> result = new CompletableFuture<>();

    // Set by the callback that tells of the connection, which runs before the one that tells what became of the create.
    private volatile boolean disturbed;

    Creation(Pando pando, String parent, String name, byte[] data, CreateMode mode) {
        this.pando = pando;
        this.parent = parent;
        this.name = name;
        this.data = data;
        this.mode = mode;
    }

    CompletableFuture<OwnNode> start() {
        Handle listening = pando.listen(event -> {
            if (event instanceof ConnectionEvent.Suspended) {
                disturbed = true;
            }
        });
        result.whenComplete((node, failure) -> listening.close());
        create();
        // A copy, so that whoever cancels it does not stop what has to be found out.
        return result.copy();
    }

    private void create() {
        pando.create(ZnodePath.childOf(parent, name))
                .data(data)
                .mode(mode)
                .makeParents(CreateMode.CONTAINER)
                .async()
                .whenComplete((created, failure) -> {
                    if (failure == null) {
                        made(new OwnNode(pando, created.path(), created.stat()));
                    } else if (failure instanceof UnknownOutcomeException || failure instanceof NodeExistsException) {
                        // Nobody else gives this name: if it exists, it was created and this was not told.
                        search();
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
    }

    private void search() {
        pando.transaction().check(parent).async().whenComplete((checked, failure) -> {
            if (failure == null) {
                list(this::found, this::search);
            } else if (failure instanceof TransactionFailedException) {
                create();
            } else {
                failed(failure, this::search);
            }
        });
    }

    private void list(Consumer<List<String>> next, Runnable again) {
        pando.getChildren(parent).async().whenComplete((children, failure) -> {
            if (failure == null) {
                next.accept(children.names().stream()
                        .filter(each -> each.startsWith(name))
                        .toList());
            } else if (failure instanceof NoNodeException) {
                next.accept(List.of());
            } else {
                failed(failure, again);
            }
        });
    }

    private void found(List<String> mine) {
        if (mine.isEmpty()) {
            create();
        } else {
            adopt(ZnodePath.childOf(parent, mine.get(0)));
        }
    }

    private void adopt(String path) {
        pando.exists(path).async().whenComplete((stat, failure) -> {
            if (failure != null) {
                failed(failure, () -> adopt(path));
            } else if (stat.isEmpty()) {
                create();
            } else {
                made(new OwnNode(pando, path, stat.get()));
            }
        });
    }

    private void made(OwnNode node) {
        if (!node.isOfSessionInForce()) {
            result.completeExceptionally(new SessionExpiredException("create", node.path()));
        } else if (disturbed) {
            list(mine -> alone(node, mine), () -> made(node));
        } else {
            result.complete(node);
        }
    }

    private void alone(OwnNode node, List<String> mine) {
        for (String each : mine) {
            if (!each.equals(node.name())) {
                node.sibling(each).remove();
            }
        }
        result.complete(node);
    }

    private void failed(Throwable failure, Runnable again) {
        if (Trouble.mayHelpToLookAgain(failure)) {
            Trouble.later(again);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
