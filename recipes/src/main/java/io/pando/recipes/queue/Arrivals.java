package io.pando.recipes.queue;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.client.watch.NodeEvent;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The znodes of one queue, in the order in which they are due, and the news that there are others. */
final class Arrivals {
    private final Pando pando;
    private final String path;
    private final String prefix;

    Arrivals(Pando pando, String path, String prefix) {
        this.pando = pando;
        this.path = path;
        this.prefix = prefix;
    }

    /** Their paths; of a queue that does not exist none. */
    CompletableFuture<List<String>> inOrder(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getChildren(path)).thenApply(children -> inOrder(children.names())),
                absent -> CompletableFuture.completedFuture(List.of()));
    }

    /** Tries whenever something was put or taken, until there is a result or the future is cancelled. */
    <T> CompletableFuture<T> await(Supplier<CompletableFuture<Optional<T>>> attempt) {
        return new Wait<>(attempt, List.of(path)).begin();
    }

    /** The same, also when a claim was made or has ended. */
    <T> CompletableFuture<T> await(String claims, Supplier<CompletableFuture<Optional<T>>> attempt) {
        return new Wait<>(attempt, List.of(path, claims)).begin();
    }

    /**
     * Somebody who waits for what others do. The watches are left before each attempt, so that nothing that happens after it is missed.
     * On the client's callback thread, but for the very first step.
     */
    private final class Wait<T> {
        private final Supplier<CompletableFuture<Optional<T>>> attempt;
        private final List<String> watched;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Wait(Supplier<CompletableFuture<Optional<T>>> attempt, List<String> watched) {
            this.attempt = attempt;
            this.watched = watched;
        }

        CompletableFuture<T> begin() {
            again();
            return result;
        }

        private void again() {
            if (result.isDone()) {
                return;
            }
            List<CompletableFuture<CompletableFuture<NodeEvent>>> changes =
                    watched.stream().map(Arrivals.this::change).toList();
            CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new)).whenComplete((all, unwatched) -> {
                if (unwatched != null) {
                    changes.forEach(change -> change.thenAccept(event -> event.cancel(false)));
                    result.completeExceptionally(Steps.cause(unwatched));
                } else {
                    attempt(changes.stream().map(CompletableFuture::join).toList());
                }
            });
        }

        private void attempt(List<CompletableFuture<NodeEvent>> changes) {
            attempt.get().whenComplete((found, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(Steps.cause(failure));
                } else if (found.isPresent()) {
                    result.complete(found.get());
                }
                if (result.isDone()) {
                    changes.forEach(change -> change.cancel(false));
                    return;
                }
                CompletableFuture<Object> any = CompletableFuture.anyOf(changes.toArray(CompletableFuture[]::new));
                result.whenComplete((done, givenUp) -> changes.forEach(change -> change.cancel(false)));
                any.whenComplete((event, ended) -> {
                    changes.forEach(change -> change.cancel(false));
                    if (ended == null) {
                        again();
                    } else {
                        result.completeExceptionally(Steps.cause(ended));
                    }
                });
            });
        }
    }

    /** The next change of the children, from now on; or the creation of their parent. */
    private CompletableFuture<CompletableFuture<NodeEvent>> change(String parent) {
        return Steps.orIf(
                NoNodeException.class,
                pando.getChildren(parent).watched().async().thenApply(seen -> seen.event()),
                absent -> pando.exists(parent).watched().async().thenCompose(seen -> {
                    if (seen.value().isEmpty()) {
                        return CompletableFuture.completedFuture(seen.event());
                    }
                    seen.event().cancel(false);
                    return change(parent);
                }));
    }

    private List<String> inOrder(List<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .map(name -> ZnodePath.childOf(path, name))
                .toList();
    }
}
