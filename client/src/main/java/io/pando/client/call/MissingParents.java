package io.pando.client.call;

import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.ZnodePath;
import io.pando.session.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Creates what is missing above a znode, from below: nothing at all is asked for as long as nothing is missing. */
final class MissingParents {
    /** Containers may go again as soon as they are made; whoever removes parents faster than this does so on purpose. */
    private static final int MOST_ROUNDS = 10;

    private final Caller caller;
    private final CreateMode mode;
    private final List<Acl> acl;

    MissingParents(Caller caller, CreateMode mode, List<Acl> acl) {
        this.caller = caller;
        this.mode = mode;
        this.acl = acl;
    }

    /**
     * Repeats a create until there is no parent missing.
     *
     * @param path of what is created, as the client names it
     */
    <T> CompletableFuture<T> made(CompletableFuture<T> created, String path, Supplier<CompletableFuture<T>> again) {
        return made(created, path, again, MOST_ROUNDS);
    }

    private <T> CompletableFuture<T> made(
            CompletableFuture<T> created, String path, Supplier<CompletableFuture<T>> again, int rounds) {
        return created.handle((result, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(result);
                    }
                    String parent = ZnodePath.parentOf(path);
                    if (!isNoNode(failure) || parent.equals(ZnodePath.ROOT) || rounds == 0) {
                        return CompletableFuture.<T>failedFuture(failure);
                    }
                    return make(parent).thenCompose(ignored -> made(again.get(), path, again, rounds - 1));
                })
                .thenCompose(next -> next);
    }

    /** An unknown outcome is as good as any: what follows shows whether the parent is there. */
    private CompletableFuture<Outcome> make(String path) {
        return caller.send(Ask.of(request(path))).thenCompose(outcome -> {
            boolean missing = outcome instanceof Outcome.Answered answered
                    && answered.err() == ErrorCode.NO_NODE.code()
                    && !ZnodePath.parentOf(path).equals(ZnodePath.ROOT);
            return missing
                    ? make(ZnodePath.parentOf(path)).thenCompose(made -> caller.send(Ask.of(request(path))))
                    : CompletableFuture.completedFuture(outcome);
        });
    }

    private WriteRequest.Create request(String path) {
        return WriteRequest.Create.of(Create.op(mode), caller.full(path), new byte[0], List.copyOf(acl), mode.flag());
    }

    private static boolean isNoNode(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NoNodeException;
    }
}
