package io.pando.client.call;

import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at the tree on behalf of a write whose answer was lost: always behind a sync, and only while the session lasts under which
 * the write was made. Where it sees nothing, its future fails.
 */
final class Evidence {
    private final Caller caller;

    Evidence(Caller caller) {
        this.caller = caller;
    }

    CompletableFuture<Optional<Stat>> stat(String full) {
        return look(new ReadRequest.Exists(full, false), full).thenApply(answer -> {
            if (answer.err() == ErrorCode.NO_NODE.code()) {
                return Optional.empty();
            }
            return Optional.of(of(answer, Reply.OnlyStat.class).stat());
        });
    }

    CompletableFuture<Optional<Reply.DataAndStat>> data(String full) {
        return look(new ReadRequest.GetData(full, false), full).thenApply(answer -> {
            if (answer.err() == ErrorCode.NO_NODE.code()) {
                return Optional.empty();
            }
            return Optional.of(of(answer, Reply.DataAndStat.class));
        });
    }

    /** Nothing below a parent that does not exist. */
    CompletableFuture<Collection<String>> children(String full) {
        return look(new ReadRequest.GetChildren(full, false), full).thenApply(answer -> {
            if (answer.err() == ErrorCode.NO_NODE.code()) {
                return List.of();
            }
            return of(answer, Reply.Names.class).names();
        });
    }

    private CompletableFuture<Outcome.Answered> look(Request request, String full) {
        Ask ask = Ask.of(request).behindSync(full).boundToSession();
        return caller.send(ask).thenApply(outcome -> {
            if (outcome instanceof Outcome.Answered answered) {
                return answered;
            }
            throw new UnclearException();
        });
    }

    private static <R extends Reply> R of(Outcome.Answered answer, Class<R> kind) {
        if (answer.err() != 0) {
            throw new UnclearException();
        }
        return answer.reply(kind);
    }

    /** Nothing was seen: no right to read, or no connection in time. */
    private static final class UnclearException extends RuntimeException {
        UnclearException() {
            super("The tree does not tell", null, false, false);
        }
    }
}
