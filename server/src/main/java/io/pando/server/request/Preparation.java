package io.pando.server.request;

import static io.pando.server.request.Refusal.unless;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.Change;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            Decision decision = rules.decide(tree, requester, request, false);
            return new Prepared(decision.txn(), tree.apply(zxid, timeMs, decision.txn(), decision.place()));
        } catch (Refusal refusal) {
            return failed(tree, zxid, timeMs, new Txn.Failed(refusal.code()));
        }
    }

    /** Each part is decided on the tree that the parts before it have made; one refusal undoes all. */
    private Prepared prepareMulti(Tree tree, long zxid, long timeMs, Requester requester, WriteRequest.Multi multi) {
        List<Txn> parts = new ArrayList<>(multi.parts().size());
        List<Change> changes = new ArrayList<>(multi.parts().size());
        Tree next = tree.advancedTo(zxid);
        long stoodFor = 0;
        for (WriteRequest part : multi.parts()) {
            try {
                Decision decision = rules.decide(next, requester, part, true);
                Txn txn = decision.txn();
                stoodFor += charactersStoodFor(part, txn);
                unless(stoodFor <= AccessControl.MOST_CHARACTERS_STOOD_FOR, ErrorCode.INVALID_ACL);
                Applied applied = next.applyPart(zxid, timeMs, txn, decision.place());
                parts.add(txn);
                changes.addAll(applied.changes());
                next = applied.tree();
            } catch (Refusal refusal) {
                return failed(tree, zxid, timeMs, new Txn.MultiFailed(parts.size(), refusal.code()));
            }
        }
        return new Prepared(new Txn.Multi(parts), new Applied(next, changes));
    }

    /** By how much the ACL of a part has grown, for it names identities that the request only stood for. */
    private static long charactersStoodFor(WriteRequest part, Txn txn) {
        return txn instanceof Txn.Create create && part instanceof WriteRequest.Create asked && asked.acl() != null
                ? AccessControl.charactersOf(create.acl()) - charactersAsked(asked.acl())
                : 0;
    }

    private static long charactersAsked(List<@Nullable Acl> acl) {
        long characters = 0;
        for (Acl entry : acl) {
            characters += entry == null ? 0 : AccessControl.charactersOf(entry.id());
        }
        return characters;
    }

    private static Prepared failed(Tree tree, long zxid, long timeMs, Txn failure) {
        return new Prepared(failure, tree.apply(zxid, timeMs, failure));
    }

    /** A transaction that no client asked for: it is made from the tree itself, so there is nothing to refuse. */
    public static Prepared internal(Tree tree, long zxid, long timeMs, Txn txn) {
        return new Prepared(txn, tree.apply(zxid, timeMs, txn));
    }
}
