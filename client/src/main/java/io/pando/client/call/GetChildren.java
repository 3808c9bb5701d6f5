package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.watch.OneShot;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.List;

/** Reads the names of a znode's children. */
public final class GetChildren extends Read<Children> {
    public GetChildren(Caller caller, String path) {
        super(caller, "getChildren", Caller.checked(path));
    }

    @Override
    public GetChildren linearizable() {
        super.linearizable();
        return this;
    }

    /** Leaves a watch: its event tells that a child was created or deleted, or that the znode itself is gone. */
    public Call<Watched<Children>> watched() {
        return new WatchedRead<>(this, OneShot.Kind.CHILDREN);
    }

    @Override
    Request request(String fullPath, boolean watch) {
        return new ReadRequest.GetChildren2(fullPath, watch);
    }

    @Override
    Children value(Outcome outcome) {
        Reply.NamesAndStat reply = reply(outcome, Reply.NamesAndStat.class);
        return new Children(List.copyOf(reply.names()), reply.stat());
    }
}
