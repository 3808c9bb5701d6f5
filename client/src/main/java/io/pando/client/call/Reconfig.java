package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Changes which servers make up the ensemble; the result is the new configuration and the stat of its znode. Members are written as in
 * the configuration file, {@code server.4=host:2888:3888:participant;2181}.
 */
public final class Reconfig extends Write<DataAndStat> {
    private @Nullable String joining;
    private @Nullable String leaving;
    private @Nullable String members;
    private long expected = -1;

    public Reconfig(Caller caller) {
        super(caller, "reconfig", "");
    }

    public Reconfig joining(List<String> servers) {
        this.joining = String.join(",", servers);
        return this;
    }

    /**
     * Servers that leave.
     *
     * @param serverIds their ids
     */
    public Reconfig leaving(List<Integer> serverIds) {
        this.leaving = String.join(",", serverIds.stream().map(String::valueOf).toList());
        return this;
    }

    /** All members anew, instead of joining and leaving ones. */
    public Reconfig members(List<String> servers) {
        this.members = String.join(",", servers);
        return this;
    }

    /** Only if the present configuration has just this version: the number behind {@code version=}, which is hexadecimal there. */
    public Reconfig ifConfig(long version) {
        this.expected = version;
        return this;
    }

    @Override
    WriteRequest request() {
        return new WriteRequest.Reconfig(joining, leaving, members, expected);
    }

    @Override
    DataAndStat value(Outcome.Answered answer) {
        return GetData.value(answer.reply(Reply.DataAndStat.class));
    }

    /** Whose configuration it is that the tree shows, nobody can say. */
    @Override
    CompletableFuture<Proof<DataAndStat>> investigate(WriteRequest request, Outcome.Unknown unknown) {
        return CompletableFuture.completedFuture(Proof.none());
    }
}
