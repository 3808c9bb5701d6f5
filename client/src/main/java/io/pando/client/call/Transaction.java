package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.Failures;
import io.pando.client.error.ServerErrorException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Several writes of which all or none are carried out, at one moment; each sees what those before it did. Fails with a
 * {@link TransactionFailedException} that says which one was refused.
 */
public final class Transaction extends Write<TransactionResult> {
    private final List<WriteRequest.Part> parts = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    public Transaction(Caller caller) {
        super(caller, "transaction", "");
    }

    /** Creates a persistent znode with the default ACL. */
    public Transaction create(String path, byte[] data) {
        return create(path, data, CreateMode.PERSISTENT);
    }

    public Transaction create(String path, byte[] data, CreateMode mode) {
        return create(path, data, mode, caller().defaultAcl());
    }

    /**
     * Creates a znode.
     *
     * @param mode one without a time to live
     */
    public Transaction create(String path, byte[] data, CreateMode mode, List<Acl> acl) {
        if (mode.isTtl()) {
            throw new IllegalArgumentException(mode + " needs a time to live");
        }
        return create(path, data, mode, acl, WriteRequest.Create.NO_TTL);
    }

    /**
     * Creates a znode that may go by itself.
     *
     * @param mode one with a time to live
     */
    public Transaction create(String path, byte[] data, CreateMode mode, List<Acl> acl, Duration ttl) {
        if (!mode.isTtl()) {
            throw new IllegalArgumentException(mode + " has no time to live");
        }
        return create(path, data, mode, acl, ttl.toMillis());
    }

    private Transaction create(String path, byte[] data, CreateMode mode, List<Acl> acl, long ttlMs) {
        Caller.checked(mode.isSequential() ? path + "0" : path);
        return add(
                path,
                new WriteRequest.Create(
                        Create.op(mode), caller().full(path), data.clone(), List.copyOf(acl), mode.flag(), ttlMs));
    }

    public Transaction setData(String path, byte[] data) {
        return setData(path, data, -1);
    }

    /**
     * Sets data.
     *
     * @param version that the znode has to have
     */
    public Transaction setData(String path, byte[] data, int version) {
        return add(Caller.checked(path), new WriteRequest.SetData(caller().full(path), data.clone(), version));
    }

    public Transaction delete(String path) {
        return delete(path, -1);
    }

    /**
     * Deletes a znode.
     *
     * @param version that the znode has to have
     */
    public Transaction delete(String path, int version) {
        return add(Caller.checked(path), new WriteRequest.Delete(caller().full(path), version));
    }

    /** The znode has to exist. */
    public Transaction check(String path) {
        return check(path, -1);
    }

    /**
     * Requires a version.
     *
     * @param version that the znode has to have
     */
    public Transaction check(String path, int version) {
        return add(Caller.checked(path), new WriteRequest.Check(caller().full(path), version));
    }

    private Transaction add(String path, WriteRequest.Part part) {
        parts.add(part);
        paths.add(path);
        return this;
    }

    @Override
    WriteRequest request() {
        return new WriteRequest.Multi(List.copyOf(parts));
    }

    /** ZooKeeper before 3.9 does not read the kind of create that is answered with a stat inside a transaction. */
    @Override
    CompletableFuture<TransactionResult> start() {
        long deadlineNanos = System.nanoTime() + caller().timeoutNanos();
        List<WriteRequest.Part> old = inOldWords();
        return send(request(), deadlineNanos)
                .handle((result, failure) -> isUnread(failure) && !old.equals(parts)
                        ? send(new WriteRequest.Multi(old), deadlineNanos)
                        : failure == null
                                ? CompletableFuture.completedFuture(result)
                                : CompletableFuture.<TransactionResult>failedFuture(failure))
                .thenCompose(next -> next);
    }

    private static boolean isUnread(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ServerErrorException refused && refused.number() == ErrorCode.MARSHALLING_ERROR.code();
    }

    private List<WriteRequest.Part> inOldWords() {
        List<WriteRequest.Part> old = new ArrayList<>();
        for (WriteRequest.Part part : parts) {
            if (part instanceof WriteRequest.Create create && create.op() == OpCode.CREATE2) {
                old.add(new WriteRequest.Create(
                        OpCode.CREATE, create.path(), create.data(), create.acl(), create.flags(), create.ttl()));
            } else {
                old.add(part);
            }
        }
        return old;
    }

    @Override
    TransactionResult value(Outcome.Answered answer) {
        List<MultiResult> results = answer.reply(Reply.Results.class).results();
        List<TransactionResult.Result> done = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            MultiResult result = results.get(i);
            if (result.err() != 0 && result.err() != ErrorCode.RUNTIME_INCONSISTENCY.code()) {
                throw new TransactionFailedException(
                        i, Failures.of(result.err(), operationName(parts.get(i)), paths.get(i)));
            }
            if (result.err() == 0 && result.op() != OpCode.ERROR) {
                done.add(result(result));
            }
        }
        return new TransactionResult(done, answer.zxid());
    }

    private TransactionResult.Result result(MultiResult result) {
        Reply reply = result.reply();
        if (reply instanceof Reply.PathAndStat created) {
            return new TransactionResult.CreatedNode(caller().stripped(created.path()), Optional.of(created.stat()));
        }
        if (reply instanceof Reply.Path created) {
            return new TransactionResult.CreatedNode(caller().stripped(created.path()), Optional.empty());
        }
        if (reply instanceof Reply.OnlyStat set) {
            return new TransactionResult.DataSet(set.stat());
        }
        return result.op() == OpCode.DELETE ? new TransactionResult.Deleted() : new TransactionResult.Checked();
    }

    private static String operationName(WriteRequest.Part part) {
        return switch (part.op()) {
            case DELETE -> "delete";
            case SET_DATA -> "setData";
            case CHECK -> "check";
            default -> "create";
        };
    }

    /** Since it is all or none, it was not carried out if one of its operations can be shown not to have been. */
    @Override
    CompletableFuture<Proof<TransactionResult>> investigate(WriteRequest request, Outcome.Unknown unknown) {
        for (WriteRequest.Part part : parts) {
            if (!(part instanceof WriteRequest.Check)) {
                return untouched(part, unknown).thenApply(proof -> proof ? Proof.ofAbsence() : Proof.none());
            }
        }
        return CompletableFuture.completedFuture(Proof.ofAbsence());
    }

    private CompletableFuture<Boolean> untouched(WriteRequest.Part part, Outcome.Unknown unknown) {
        long sent = unknown.zxidWhenSent();
        Evidence evidence = new Evidence(caller());
        if (part instanceof WriteRequest.Create create) {
            return evidence.stat(ZnodePath.parentOf(create.path())).thenApply(parent -> has(parent, sent, Stat::pzxid));
        }
        if (part instanceof WriteRequest.SetData set) {
            return evidence.stat(set.path()).thenApply(node -> has(node, sent, Stat::mzxid));
        }
        return evidence.stat(((WriteRequest.Delete) part).path()).thenApply(node -> has(node, sent, Stat::czxid));
    }

    private static boolean has(Optional<Stat> stat, long atMost, ToLongFunction<Stat> zxid) {
        return stat.isPresent() && zxid.applyAsLong(stat.get()) <= atMost;
    }
}
