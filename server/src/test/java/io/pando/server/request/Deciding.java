package io.pando.server.request;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import io.pando.session.OpCode;
import io.pando.session.WriteRequest;
import java.util.List;

/** Decides requests of one client, as a server would that allows TTL znodes and enforces quotas. */
final class Deciding {
    static final long SESSION = 7;
    static final long TIME_MS = 1_000;
    static final Requester CLIENT = new Requester(SESSION, List.of(new Id("ip", "127.0.0.1")));

    private Deciding() {}

    static Preparation preparation(boolean ttlAllowed, boolean quotasEnforced) {
        var access = new AccessControl("SHA1", null, true);
        return new Preparation(new WriteRules(access, new QuotaRules(quotasEnforced), ttlAllowed, false));
    }

    static Prepared prepare(Tree tree, WriteRequest request) {
        return preparation(true, true).prepare(tree, tree.zxid() + 1, TIME_MS, CLIENT, request);
    }

    /** The code that a request is answered with, OK among them. */
    static ErrorCode codeOf(Tree tree, WriteRequest request) {
        return codeOf(prepare(tree, request));
    }

    static ErrorCode codeOf(Prepared prepared) {
        return prepared.txn() instanceof Txn.Failed failed ? failed.code() : ErrorCode.OK;
    }

    static WriteRequest.Create newZnode(String path) {
        return newZnode(OpCode.CREATE, path, 0);
    }

    static WriteRequest.Create newZnode(OpCode op, String path, int flags) {
        return WriteRequest.Create.of(op, path, new byte[1], List.copyOf(Acl.OPEN), flags);
    }

    static WriteRequest.Create createTtl(String path, int flags, long ttl) {
        return new WriteRequest.Create(OpCode.CREATE_TTL, path, new byte[1], List.copyOf(Acl.OPEN), flags, ttl);
    }
}
