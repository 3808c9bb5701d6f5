package io.pando.server.request;

import io.pando.datatree.Applied;
import io.pando.datatree.Change;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Txn;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a client is answered once its write is applied. Pure; runs on the event loops. */
public final class WriteReplies {
    private WriteReplies() {}

    /** The reply to {@code request}, which became {@code txn} and changed the tree as {@code applied} says. */
    public static Reply of(WriteRequest request, Txn txn, Applied applied) throws Refusal {
        return switch (txn) {
            case Txn.Failed failed -> throw new Refusal(failed.code());
            case Txn.MultiFailed failed -> failedMulti((WriteRequest.Multi) request, failed);
            case Txn.Multi multi -> results((WriteRequest.Multi) request, applied);
            default -> one(request, applied.changes().iterator());
        };
    }

    private static Reply results(WriteRequest.Multi request, Applied applied) {
        Iterator<Change> changes = applied.changes().iterator();
        List<MultiResult> results = new ArrayList<>(request.parts().size());
        for (WriteRequest.Part part : request.parts()) {
            results.add(MultiResult.of(part.op(), one(part, changes)));
        }
        return new Reply.Results(results);
    }

    /** The reply to one operation; takes the change that it made, if its kind makes one. */
    private static Reply one(WriteRequest request, Iterator<Change> changes) {
        return switch (request) {
            case WriteRequest.Create create -> {
                Change change = changes.next();
                yield create.op() == OpCode.CREATE
                        ? new Reply.Path(change.path())
                        : new Reply.PathAndStat(change.path(), change.node().stat());
            }
            case WriteRequest.SetData set ->
                new Reply.OnlyStat(changes.next().node().stat());
            case WriteRequest.SetAcl set ->
                new Reply.OnlyStat(changes.next().node().stat());
            case WriteRequest.Delete delete -> {
                changes.next();
                yield new Reply.Nothing();
            }
            case WriteRequest.Check check -> new Reply.Nothing();
            case WriteRequest.CloseSession close -> new Reply.Nothing();
            case WriteRequest.Multi multi -> throw new IllegalStateException("A multi within a multi");
            case WriteRequest.Reconfig reconfig -> throw new IllegalStateException("Reconfig carried out");
        };
    }

    /** Nothing was applied: those before the culprit are well, those after it were never looked at. */
    private static Reply failedMulti(WriteRequest.Multi request, Txn.MultiFailed failed) {
        List<MultiResult> results = new ArrayList<>(request.parts().size());
        for (int i = 0; i < request.parts().size(); i++) {
            ErrorCode code = i < failed.index()
                    ? ErrorCode.OK
                    : i == failed.index() ? failed.code() : ErrorCode.RUNTIME_INCONSISTENCY;
            results.add(MultiResult.failed(code.code()));
        }
        return new Reply.Results(results);
    }
}
