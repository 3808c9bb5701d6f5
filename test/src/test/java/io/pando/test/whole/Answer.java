package io.pando.test.whole;

import io.pando.datatree.ErrorCode;
import io.pando.session.MultiResult;
import io.pando.session.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told, in a form that can be compared.
 *
 * @param body what the reply holds, as text; of children in any order, in that of their names
 */
record Answer(int code, String body) {

    static Answer failure(ErrorCode code) {
        return new Answer(code.code(), "");
    }

    static Answer of(Reply reply) {
        return new Answer(0, text(reply));
    }

    private static String text(Reply reply) {
        return switch (reply) {
            case Reply.Nothing nothing -> "";
            case Reply.DataAndStat found -> text(found.data()) + " " + found.stat();
            case Reply.Names names -> names.names().stream().sorted().toList().toString();
            case Reply.NamesAndStat found -> found.names().stream().sorted().toList() + " " + found.stat();
            case Reply.Results results -> text(results.results());
            default -> reply.toString();
        };
    }

    private static String text(byte @Nullable [] data) {
        return data == null ? "null" : new String(data, StandardCharsets.UTF_8);
    }

    private static String text(List<MultiResult> results) {
        StringBuilder all = new StringBuilder();
        results.forEach(result -> all.append(result.op())
                .append(' ')
                .append(result.err())
                .append(' ')
                .append(text(result.reply()))
                .append('\n'));
        return all.toString();
    }
}
