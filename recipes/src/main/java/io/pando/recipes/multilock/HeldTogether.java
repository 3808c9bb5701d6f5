package io.pando.recipes.multilock;

import io.pando.client.call.Transaction;
import io.pando.recipes.fencing.FencingToken;
import io.pando.recipes.fencing.Held;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several that are held all at once. Closing it releases them all. Used by any thread. */
public final class HeldTogether implements AutoCloseable {
    private final List<Held> all;

    HeldTogether(List<Held> all) {
        this.all = List.copyOf(all);
    }

    /** One for each, in their order. */
    public List<FencingToken> tokens() {
        return all.stream().map(Held::token).toList();
    }

    /** Lets a transaction succeed only while all of them are current; see {@link FencingToken#guard}. */
    public Transaction guard(Transaction transaction) {
        all.forEach(held -> held.token().guard(transaction));
        return transaction;
    }

    /** Whether all of them are, as far as is known in this moment. */
    public boolean isCurrent() {
        return all.stream().allMatch(Held::isCurrent);
    }

    /** Completes when others can have all of them. */
    public CompletableFuture<Void> release() {
        return CompletableFuture.allOf(all.stream().map(Held::release).toArray(CompletableFuture[]::new));
    }

    /** Releases them, and does not wait. */
    @Override
    public void close() {
        release();
    }
}
