package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Password;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.watch.Notification;

/** What the core has for a connection. Immutable; encoded on the connection's event loop. */
public sealed interface Outbound {
    /** The root that must be published before the client may see this. */
    long zxid();

    /** A watch fired. */
    record Event(Notification event) implements Outbound {
        @Override
        public long zxid() {
            return event.zxid();
        }
    }

    /** The outcome of the connection's oldest unanswered write. */
    record WriteReply(long zxid, Txn txn, Applied applied) implements Outbound {}

    /**
     * The answer to the connection's oldest unanswered {@code sync}: everything up to it is applied here.
     *
     * @param tree what that made; requests behind the sync must not see what the connection wrote behind them
     */
    record Synced(Tree tree) implements Outbound {
        @Override
        public long zxid() {
            return tree.zxid();
        }
    }

    /**
     * The connection's oldest unanswered write was not proposed.
     *
     * @param tree what everything that was proposed before it made
     */
    record Refused(Tree tree, ErrorCode code) implements Outbound {
        /** The same, to be told behind an answer that has shown this: nobody is shown an older tree after a newer one. */
        Refused behind(Tree shown) {
            return Long.compareUnsigned(tree.zxid(), shown.zxid()) < 0 ? new Refused(shown, code) : this;
        }

        @Override
        public long zxid() {
            return tree.zxid();
        }
    }

    /**
     * The session whose end was the connection's oldest unanswered request is over; nobody but this server knew it.
     *
     * @param tree the newest published one
     */
    record Ended(Tree tree) implements Outbound {
        @Override
        public long zxid() {
            return tree.zxid();
        }
    }

    /** The session is this connection's now. */
    record Attached(long zxid, Session session, Password password) implements Outbound {}

    /** There is no such session, or the password is wrong: the two are not told apart. */
    record Rejected(long zxid) implements Outbound {}

    /** The session is over or belongs to another connection; nothing more is said. */
    record Dropped(long zxid) implements Outbound {}
}
