package io.pando.server.core;

import io.pando.datatree.Prefetch;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;

/**
 * Which znodes the next writes will ask for: where several are to be decided or carried out one after the other, the processor
 * gets their znodes together beforehand. An exact guess isn't needed: what was not foreseen takes longer, and that is all. Core thread.
 */
final class Foresight {
    private final Prefetch prefetch = new Prefetch();

    /** Whether it is time that some of it comes true. */
    boolean isFarEnough() {
        return prefetch.hasEnough();
    }

    /** This will be decided. */
    void of(WriteRequest request) {
        switch (request) {
            case WriteRequest.Create create -> prefetch.add(create.path());
            case WriteRequest.Delete delete -> prefetch.add(delete.path());
            case WriteRequest.SetData set -> prefetch.add(set.path());
            case WriteRequest.SetAcl set -> prefetch.add(set.path());
            case WriteRequest.Check check -> prefetch.add(check.path());
            case WriteRequest.Multi multi -> {
                for (int i = 0; i < multi.parts().size() && !prefetch.isFull(); i++) {
                    of(multi.parts().get(i));
                }
            }
            case WriteRequest.Reconfig reconfig -> {}
            case WriteRequest.CloseSession close -> {}
        }
    }

    /** This will be carried out. */
    void of(Txn txn) {
        switch (txn) {
            case Txn.Create create -> prefetch.add(create.path());
            case Txn.Delete delete -> prefetch.add(delete.path());
            case Txn.SetData set -> prefetch.add(set.path());
            case Txn.SetAcl set -> prefetch.add(set.path());
            case Txn.Check check -> prefetch.add(check.path());
            case Txn.Multi multi -> {
                for (int i = 0; i < multi.parts().size() && !prefetch.isFull(); i++) {
                    of(multi.parts().get(i));
                }
            }
            case Txn.CreateSession create -> {}
            case Txn.CloseSession close -> {}
            case Txn.Failed failed -> {}
            case Txn.MultiFailed failed -> {}
        }
    }

    /** What was foreseen is about to happen to this tree. Returns how many znodes were found; none, if it was too little to go for. */
    int comesTrue(Tree tree) {
        return prefetch.run(tree);
    }
}
