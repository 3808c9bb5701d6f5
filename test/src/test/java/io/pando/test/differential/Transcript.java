package io.pando.test.differential;

import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import io.pando.test.harness.Reply.ResultHeader;
import io.pando.test.harness.Reply.StatFields;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes what a server said as text in which two servers can agree: zxids and sessions by name, times left out. */
final class Transcript {
    private final Names names;

    Transcript(Names names) {
        this.names = names;
    }

    String event(Reply frame) {
        RawClient.Event event = RawClient.eventOf(frame);
        return "event " + event.type() + " " + event.path() + " state " + event.state() + " at "
                + names.ofChange(event.zxid());
    }

    String reply(int op, Reply reply) {
        String header = "xid " + reply.xid() + " after " + names.ofLastChange(reply.zxid());
        if (reply.error() != Errors.OK) return header + " error " + reply.error();
        String body = body(op, reply);
        return header + " " + body + (reply.remaining() == 0 ? "" : " and " + reply.remaining() + " bytes more");
    }

    private String body(int op, Reply reply) {
        return switch (op) {
            case Op.CREATE, Op.SYNC -> path(reply);
            case Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> path(reply) + " " + stat(reply);
            case Op.EXISTS, Op.SET_DATA, Op.SET_ACL -> stat(reply);
            case Op.GET_DATA -> data(reply.buffer()) + " " + stat(reply);
            case Op.GET_ACL -> sorted(reply.acl()) + " " + stat(reply);
            case Op.GET_CHILDREN, Op.GET_EPHEMERALS -> sorted(reply.texts());
            case Op.GET_CHILDREN2 -> sorted(reply.texts()) + " " + stat(reply);
            case Op.MULTI, Op.MULTI_READ -> results(reply);
            case Op.GET_ALL_CHILDREN_NUMBER, Op.ADD_WATCH -> Integer.toString(reply.int32());
            case Op.WHO_AM_I -> identities(reply);
            default -> "ok";
        };
    }

    private String results(Reply reply) {
        StringJoiner results = new StringJoiner("; ", "[", "]");
        for (ResultHeader result = reply.resultHeader(); !result.done(); result = reply.resultHeader()) {
            results.add(result.type() + "/" + result.error() + " " + result(result.type(), reply));
        }
        return results.toString();
    }

    private String result(int type, Reply reply) {
        return switch (type) {
            case -1 -> "error " + reply.int32();
            case Op.CREATE -> path(reply);
            case Op.CREATE2 -> path(reply) + " " + stat(reply);
            case Op.SET_DATA -> stat(reply);
            case Op.GET_DATA -> data(reply.buffer()) + " " + stat(reply);
            case Op.GET_CHILDREN -> sorted(reply.texts());
            default -> "ok";
        };
    }

    /** Whether a reply to a write says that something changed, under the zxid of its header. */
    static boolean tellsOfChange(int op, Reply reply) {
        if (reply.error() != Errors.OK) return false;
        return switch (op) {
            case Op.CREATE, Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL, Op.DELETE, Op.SET_DATA, Op.SET_ACL -> true;
            case Op.CLOSE_SESSION -> true;
            case Op.MULTI -> !changesNothing(reply.copy());
            default -> false;
        };
    }

    /** A multi of checks alone leaves no trace, and neither does a failed one, whose results are all errors. */
    private static boolean changesNothing(Reply reply) {
        ResultHeader result = reply.resultHeader();
        while (!result.done() && result.type() == Op.CHECK) result = reply.resultHeader();
        return result.done() || result.type() == -1;
    }

    private static String path(Reply reply) {
        return "path " + reply.text();
    }

    private static String data(byte @Nullable [] data) {
        return data == null ? "null" : "0x" + HexFormat.of().formatHex(data);
    }

    private static <T> String sorted(List<T> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.toString()));
        texts.sort(null);
        return texts.toString();
    }

    private static String identities(Reply reply) {
        List<String> identities = new ArrayList<>();
        for (int left = reply.int32(); left > 0; left--) identities.add(reply.text() + "=" + reply.text());
        return sorted(identities);
    }

    private String stat(Reply reply) {
        StatFields stat = reply.stat();
        return "{c " + names.ofChange(stat.czxid()) + " m " + names.ofChange(stat.mzxid()) + " p "
                + names.ofChange(stat.pzxid()) + " times " + (stat.ctime() != 0) + (stat.mtime() != 0)
                + (stat.mtime() >= stat.ctime()) + " v " + stat.version() + " cv " + stat.cversion() + " av "
                + stat.aversion() + " owner " + names.ofSession(stat.ephemeralOwner()) + " bytes "
                + stat.dataLength() + " children " + stat.numChildren() + "}";
    }
}
