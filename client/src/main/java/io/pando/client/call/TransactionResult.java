package io.pando.client.call;

import io.pando.datatree.Stat;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction did, one result for each operation, in their order.
 *
 * @param zxid of the transaction, or a later one
 */
public record TransactionResult(List<Result> results, long zxid) {
    public TransactionResult {
        results = List.copyOf(results);
    }

    /**
     * Of a create.
     *
     * @param index of the operation, from 0
     * @throws IllegalArgumentException when that was none
     */
    public CreatedNode created(int index) {
        return of(index, CreatedNode.class);
    }

    /** The stat right after a setData. */
    public Stat stat(int index) {
        return of(index, DataSet.class).stat();
    }

    private <R extends Result> R of(int index, Class<R> kind) {
        Result result = results.get(index);
        if (!kind.isInstance(result)) {
            throw new IllegalArgumentException("Operation " + index + " has the result " + result);
        }
        return kind.cast(result);
    }

    /** What one operation did. */
    public sealed interface Result {}

    /**
     * A znode was created.
     *
     * @param path with what the server has put into the name
     * @param stat absent from servers before ZooKeeper 3.9
     */
    public record CreatedNode(String path, Optional<Stat> stat) implements Result {}

    /** Data was set. */
    public record DataSet(Stat stat) implements Result {}

    /** A znode was deleted. */
    public record Deleted() implements Result {}

    /** A version was found as expected. */
    public record Checked() implements Result {}
}
