package io.pando.server.request;

import io.pando.datatree.Applied;
import io.pando.datatree.Change;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides requests: against the tree as it will be when all that is proposed has committed, in their final order.
 *
 * <p>What comes out always applies: whatever {@link Tree#apply} could refuse is refused here, before it is proposed. A request
 * that breaks a rule becomes a {@link Txn.Failed}, which takes its place in the order of transactions as ZooKeeper's do.
 * Core thread.
 */
public final class Preparation {
    private final WriteRules rules;

    public Preparation(WriteRules rules) {
        this.rules = rules;
    }

    /** Decides {@code request}, which becomes transaction {@code zxid}. */
    public Prepared prepare(Tree tree, long zxid, long timeMs, Requester requester, WriteRequest request) {
        try {
            if (request instanceof WriteRequest.Multi multi) {
                return prepareMulti(tree, zxid, timeMs, requester, multi);
            }
            Txn txn = rules.decide(tree, requester, request, false);
            return new Prepared(txn, tree.apply(zxid, timeMs, txn));
        } catch (Refusal refusal) {
            return failed(tree, zxid, timeMs, new Txn.Failed(refusal.code()));
        }
    }

    /** Each part is decided on the tree that the parts before it have made; one refusal undoes all. */
    private Prepared prepareMulti(Tree tree, long zxid, long timeMs, Requester requester, WriteRequest.Multi multi) {
        List<Txn> parts = new ArrayList<>(multi.parts().size());
        List<Change> changes = new ArrayList<>(multi.parts().size());
        Tree next = tree.advancedTo(zxid);
        for (WriteRequest part : multi.parts()) {
            try {
                Txn txn = rules.decide(next, requester, part, true);
                Applied applied = next.applyPart(zxid, timeMs, txn);
                parts.add(txn);
                changes.addAll(applied.changes());
                next = applied.tree();
            } catch (Refusal refusal) {
                return failed(tree, zxid, timeMs, new Txn.MultiFailed(parts.size(), refusal.code()));
            }
        }
        return new Prepared(new Txn.Multi(parts), new Applied(next, changes));
    }

    private static Prepared failed(Tree tree, long zxid, long timeMs, Txn failure) {
        return new Prepared(failure, tree.apply(zxid, timeMs, failure));
    }

    /** A transaction that no client asked for: it is made from the tree itself, so there is nothing to refuse. */
    public static Prepared internal(Tree tree, long zxid, long timeMs, Txn txn) {
        return new Prepared(txn, tree.apply(zxid, timeMs, txn));
    }
}
