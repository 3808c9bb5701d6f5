package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.watch.OneShot;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;

/** Reads the data of a znode. */
public final class GetData extends Read<DataAndStat> {
    private static final byte[] NONE = {};

    public GetData(Caller caller, String path) {
        super(caller, "getData", Caller.checked(path));
    }

    @Override
    public GetData linearizable() {
        super.linearizable();
        return this;
    }

    /** Leaves a watch, if the znode exists: its event tells that the data changed or the znode is gone. */
    public Call<Watched<DataAndStat>> watched() {
        return new WatchedRead<>(this, OneShot.Kind.DATA);
    }

    @Override
    Request request(String fullPath, boolean watch) {
        return new ReadRequest.GetData(fullPath, watch);
    }

    @Override
    DataAndStat value(Outcome outcome) {
        return value(reply(outcome, Reply.DataAndStat.class));
    }

    static DataAndStat value(Reply.DataAndStat reply) {
        byte[] data = reply.data();
        return new DataAndStat(data == null ? NONE : data, data == null, reply.stat());
    }
}
