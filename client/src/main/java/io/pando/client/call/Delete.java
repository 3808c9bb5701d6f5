package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.NoNodeException;
import io.pando.session.WriteRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Deletes a znode that has no children. The result says whether there was one; false only after {@link #quietly()}. */
public final class Delete extends Write<Boolean> {
    private int version = -1;
    private boolean quiet;

    public Delete(Caller caller, String path) {
        super(caller, "delete", Caller.checked(path));
    }

    /** Only if the znode has just this version. */
    public Delete version(int expected) {
        this.version = expected;
        return this;
    }

    /** A znode that is not there is as good as deleted, no matter by whom. */
    public Delete quietly() {
        this.quiet = true;
        return this;
    }

    @Override
    WriteRequest request() {
        return new WriteRequest.Delete(caller().full(path()), version);
    }

    @Override
    Boolean value(Outcome.Answered answer) {
        return true;
    }

    @Override
    CompletableFuture<Boolean> start() {
        return super.start().exceptionally(failure -> {
            if (quiet && (failure instanceof NoNodeException || failure.getCause() instanceof NoNodeException)) {
                return false;
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }

    /** If the znode that was there when the request was sent is still there, it was not deleted. If none is, nobody can say by whom. */
    @Override
    CompletableFuture<Proof<Boolean>> investigate(WriteRequest request, Outcome.Unknown unknown) {
        return new Evidence(caller()).stat(caller().full(path())).thenApply(there -> {
            if (there.isEmpty()) {
                return quiet ? Proof.of(true) : Proof.none();
            }
            return there.get().czxid() <= unknown.zxidWhenSent() ? Proof.ofAbsence() : Proof.none();
        });
    }
}
