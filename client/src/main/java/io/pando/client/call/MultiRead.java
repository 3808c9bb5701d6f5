package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.Failures;
import io.pando.client.error.PandoException;
import io.pando.session.MultiResult;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.ArrayList;
import java.util.List;

/** Several reads of one and the same state of the tree; each succeeds or fails for itself. Since ZooKeeper 3.6. */
public final class MultiRead extends Read<List<MultiRead.Result>> {
    private final List<ReadRequest.Part> parts = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    public MultiRead(Caller caller) {
        super(caller, "multiRead", "");
    }

    public MultiRead getData(String path) {
        parts.add(new ReadRequest.GetData(caller().full(Caller.checked(path)), false));
        paths.add(path);
        return this;
    }

    public MultiRead getChildren(String path) {
        parts.add(new ReadRequest.GetChildren(caller().full(Caller.checked(path)), false));
        paths.add(path);
        return this;
    }

    @Override
    public MultiRead linearizable() {
        super.linearizable();
        return this;
    }

    @Override
    Request request(String fullPath, boolean watch) {
        return new ReadRequest.MultiRead(List.copyOf(parts));
    }

    @Override
    List<Result> value(Outcome outcome) {
        List<MultiResult> answers = reply(outcome, Reply.Results.class).results();
        List<Result> results = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            results.add(result(answers.get(i), i));
        }
        return List.copyOf(results);
    }

    private Result result(MultiResult answer, int index) {
        Reply reply = answer.reply();
        if (reply instanceof Reply.DataAndStat data) {
            return new Data(GetData.value(data));
        }
        if (reply instanceof Reply.Names names) {
            return new Names(List.copyOf(names.names()));
        }
        String operation = parts.get(index) instanceof ReadRequest.GetData ? "getData" : "getChildren";
        return new Refused(Failures.of(answer.err(), operation, paths.get(index)));
    }

    /** What one of the reads answered. */
    public sealed interface Result {}

    /** To getData. */
    public record Data(DataAndStat value) implements Result {}

    /** To getChildren. */
    public record Names(List<String> names) implements Result {}

    /** This read failed; the others need not have. */
    public record Refused(PandoException failure) implements Result {}
}
