package io.pando.server.connection;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.server.core.Session;
import io.pando.server.request.Refusal;
import io.pando.server.request.Requester;
import io.pando.server.request.WatchRequests;
import io.pando.server.watch.Notification;
import io.pando.session.ClientInfo;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchRequest;
import io.pando.session.Xids;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers whatever needs no transaction: reads, watches, pings, who the client is.
 *
 * <p>Whatever happened up to the tree that is read is told first: events of the past never come behind the data that shows
 * them. Event loop of the connection.
 */
final class LocalAnswers {
    private final ClientServices services;
    private final ClientConnection connection;
    private final Outgoing out;
    private final Session session;

    LocalAnswers(ClientServices services, ClientConnection connection, Outgoing out, Session session) {
        this.services = services;
        this.connection = connection;
        this.out = out;
        this.session = session;
    }

    /** Answers from the newest root, and returns it. */
    Tree answer(int xid, Request request, List<Id> identities) {
        if (request instanceof WatchRequest watch) {
            return carryOut(xid, watch);
        }
        Tree root = request instanceof ReadRequest read && WatchRequests.wishedBy(read) != 0
                ? rootWatchedBy(read)
                : services.publication().root();
        connection.tellUpTo(root.zxid());
        answerFrom(root, xid, request, identities);
        return root;
    }

    private Tree rootWatchedBy(ReadRequest read) {
        return services.publication().watching((root, table) -> {
            services.watches().watch(root, table, connection, read);
            return root;
        });
    }

    /** Answers from {@code tree}. */
    void answerFrom(Tree tree, int xid, Request request, List<Id> identities) {
        long zxid = tree.zxid();
        if (request instanceof ReadRequest read) {
            try {
                out.reply(xid, zxid, services.reads().answer(tree, new Requester(session.id(), identities), read));
            } catch (Refusal refusal) {
                out.failure(xid, zxid, refusal.code());
            }
        } else if (request instanceof SessionRequest.Ping) {
            out.reply(Xids.PING, zxid, new Reply.Nothing());
        } else if (request instanceof SessionRequest.WhoAmI) {
            out.reply(xid, zxid, whoAmI(identities));
        } else {
            throw new IllegalStateException("Not to be answered here: " + request);
        }
    }

    private Reply whoAmI(List<Id> identities) {
        return new Reply.Identities(identities.stream()
                .map(id -> new ClientInfo(id.scheme(), services.access().userOf(id)))
                .toList());
    }

    private Tree carryOut(int xid, WatchRequest request) {
        List<Notification> missed = new ArrayList<>();
        Outcome outcome = services.publication().watching((root, table) -> {
            try {
                Reply reply = services.watches().carryOut(root, table, connection, request, missed::add);
                return new Outcome(root, reply, ErrorCode.OK);
            } catch (Refusal refusal) {
                return new Outcome(root, new Reply.Nothing(), refusal.code());
            }
        });
        long zxid = outcome.root().zxid();
        connection.tellUpTo(zxid);
        missed.forEach(out::event);
        if (outcome.code() == ErrorCode.OK) {
            out.reply(xid, zxid, outcome.reply());
        } else {
            out.failure(xid, zxid, outcome.code());
        }
        return outcome.root();
    }

    private record Outcome(Tree root, Reply reply, ErrorCode code) {}
}
