package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes by the book: which are refused and why, what the others change, and what a client is to be told. */
final class Writes {
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;

    private final Znodes znodes;

    Writes(Znodes znodes) {
        this.znodes = znodes;
    }

    /** When a client does something, and who it is. */
    private record Moment(long zxid, long timeMs, long sessionId, List<Id> who) {}

    /** Carries out a write of a client. */
    Answer write(long zxid, long timeMs, Op op) {
        Moment moment = new Moment(zxid, timeMs, op.sessionId(), op.identities());
        WriteRequest request = (WriteRequest) op.request();
        try {
            return request instanceof WriteRequest.Multi multi ? multi(moment, multi) : Answer.of(one(moment, request));
        } catch (Refused refused) {
            return Answer.failure(refused.code());
        }
    }

    private Answer multi(Moment moment, WriteRequest.Multi multi) {
        Map<String, ModelZnode> before = znodes.now();
        List<MultiResult> results = new ArrayList<>();
        for (WriteRequest.Part part : multi.parts()) {
            try {
                results.add(MultiResult.of(part.op(), one(moment, part)));
            } catch (Refused refused) {
                znodes.undo(moment.zxid, before);
                return failedMulti(results.size(), refused.code(), multi.parts().size());
            }
        }
        return Answer.of(new Reply.Results(results));
    }

    private static Answer failedMulti(int index, ErrorCode code, int parts) {
        List<MultiResult> results = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            ErrorCode its = i < index ? ErrorCode.OK : i == index ? code : ErrorCode.RUNTIME_INCONSISTENCY;
            results.add(MultiResult.failed(its.code()));
        }
        return Answer.of(new Reply.Results(results));
    }

    private Reply one(Moment moment, WriteRequest request) throws Refused {
        return switch (request) {
            case WriteRequest.Create create -> create(moment, create);
            case WriteRequest.Delete delete -> delete(moment, delete);
            case WriteRequest.SetData set -> setData(moment, set);
            case WriteRequest.SetAcl set -> setAcl(moment, set);
            case WriteRequest.Check check -> {
                matchVersion(
                        check.version(),
                        permitted(moment, Perms.READ, check.path()).version());
                yield new Reply.Nothing();
            }
            default -> throw new IllegalArgumentException("Not for the model: " + request);
        };
    }

    /** The znode, if there is one and the client may do that with it. */
    private ModelZnode permitted(Moment moment, int permission, String path) throws Refused {
        ModelZnode node = znodes.required(path);
        Rights.require(node.acl(), moment.who, permission);
        return node;
    }

    private Reply create(Moment moment, WriteRequest.Create create) throws Refused {
        List<Acl> acl = Rights.effective(create.acl(), moment.who);
        ModelZnode parent = permitted(moment, Perms.CREATE, Znodes.parentOf(create.path()));
        String path = (create.flags() & SEQUENTIAL) == 0
                ? create.path()
                : create.path() + "%010d".formatted(parent.created());
        if (znodes.exists(path)) {
            throw new Refused(ErrorCode.NODE_EXISTS);
        }
        if (parent.owner() != 0) {
            throw new Refused(ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        }
        long owner = (create.flags() & EPHEMERAL) == 0 ? 0 : moment.sessionId;
        ModelZnode node = ModelZnode.fresh(text(create.data()), moment.zxid, moment.timeMs, acl, owner);
        znodes.create(moment.zxid, path, node);
        return create.op() == OpCode.CREATE ? new Reply.Path(path) : new Reply.PathAndStat(path, node.stat());
    }

    private static String text(byte @Nullable [] data) {
        return data == null ? "" : new String(data, StandardCharsets.UTF_8);
    }

    private Reply delete(Moment moment, WriteRequest.Delete delete) throws Refused {
        permitted(moment, Perms.DELETE, Znodes.parentOf(delete.path()));
        ModelZnode node = znodes.required(delete.path());
        matchVersion(delete.version(), node.version());
        if (!node.children().isEmpty()) {
            throw new Refused(ErrorCode.NOT_EMPTY);
        }
        znodes.delete(moment.zxid, delete.path());
        return new Reply.Nothing();
    }

    private Reply setData(Moment moment, WriteRequest.SetData set) throws Refused {
        ModelZnode node = permitted(moment, Perms.WRITE, set.path());
        matchVersion(set.version(), node.version());
        ModelZnode next = node.written(text(set.data()), moment.zxid, moment.timeMs);
        znodes.setData(moment.zxid, set.path(), next);
        return new Reply.OnlyStat(next.stat());
    }

    private Reply setAcl(Moment moment, WriteRequest.SetAcl set) throws Refused {
        List<Acl> acl = Rights.effective(set.acl(), moment.who);
        ModelZnode node = permitted(moment, Perms.ADMIN, set.path());
        matchVersion(set.version(), node.aversion());
        ModelZnode next = node.guardedBy(acl);
        znodes.setAcl(moment.zxid, set.path(), next);
        return new Reply.OnlyStat(next.stat());
    }

    private static void matchVersion(int expected, int actual) throws Refused {
        if (expected != -1 && expected != actual) {
            throw new Refused(ErrorCode.BAD_VERSION);
        }
    }
}
