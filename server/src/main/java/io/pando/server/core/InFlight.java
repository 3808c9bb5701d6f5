package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.Txn;
import org.jspecify.annotations.Nullable;

/** What waits, in order, for the log: proposals, and answers that must not overtake them. */
sealed interface InFlight {
    /** The transaction that has to be delivered first. */
    long zxid();

    /**
     * A proposed transaction and what it makes of the tree.
     *
     * @param client who is answered when it commits; null for what the server itself proposed
     */
    record Proposal(
            long zxid, Txn txn, Applied applied, @Nullable Client client) implements InFlight {}

    /** An answer that needs no transaction of its own. */
    record Answer(long zxid, Client client, Outbound answer) implements InFlight {}
}
