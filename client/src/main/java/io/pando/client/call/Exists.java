package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.watch.OneShot;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.Optional;

/** Asks whether there is a znode; its stat, or empty when there is none. */
public final class Exists extends Read<Optional<Stat>> {
    public Exists(Caller caller, String path) {
        super(caller, "exists", Caller.checked(path));
    }

    @Override
    public Exists linearizable() {
        super.linearizable();
        return this;
    }

    /** Leaves a watch: its event tells that the znode was created, that its data changed, or that it is gone. */
    public Call<Watched<Optional<Stat>>> watched() {
        return new WatchedRead<>(this, OneShot.Kind.EXISTS);
    }

    @Override
    Request request(String fullPath, boolean watch) {
        return new ReadRequest.Exists(fullPath, watch);
    }

    @Override
    Optional<Stat> value(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered && answered.err() == ErrorCode.NO_NODE.code()) {
            return Optional.empty();
        }
        return Optional.of(reply(outcome, Reply.OnlyStat.class).stat());
    }
}
