package io.pando.server.core;

import io.pando.datatree.Id;
import io.pando.datatree.Txn;
import io.pando.session.ConnectRequest;
import io.pando.session.WriteRequest;
import java.util.List;

/** What a client of this server wants of the ensemble. */
sealed interface Ask {

    /** To change the tree, or to end its session. */
    record Write(long sessionId, int xid, List<Id> identities, WriteRequest request) implements Ask {
        boolean endsSession() {
            return request instanceof WriteRequest.CloseSession;
        }
    }

    /** A new session. */
    record Begin(Txn.CreateSession txn) implements Ask {}

    /** The session it had, if the newest tree still knows it. */
    record Return(ConnectRequest request) implements Ask {}

    /** To see everything that anybody has been told of. */
    record Sync(Session session) implements Ask {}
}
