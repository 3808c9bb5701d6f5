package io.pando.zab.runtime;

import io.pando.zab.core.NodeView;
import io.pando.zab.log.Identity;
import io.pando.zab.log.LogStore;
import io.pando.zab.message.Hello;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.model.Zxid;
import java.util.function.Supplier;

/** How this server introduces itself to the others: made by the core thread, asked for by any at every handshake. */
final class Introduction implements Supplier<Hello> {
    private final EnsembleConfig ensemble;
    private final LogStore store;
    private final long incarnation;
    private volatile Hello hello;

    /** @param incarnation tells this life of the server from all others */
    Introduction(EnsembleConfig ensemble, LogStore store, long incarnation, NodeView view) {
        this.ensemble = ensemble;
        this.store = store;
        this.incarnation = incarnation;
        this.hello = of(view);
    }

    /** A server without a history can join any ensemble. */
    private Hello of(NodeView view) {
        Identity identity = store.identity();
        boolean hasHistory = view.lastZxid() != Zxid.NONE;
        return new Hello(
                hasHistory ? identity.clusterId() : Hello.NO_CLUSTER,
                ensemble.serverId(),
                identity.dataId(),
                incarnation,
                ensemble.frames().recordBytes(),
                view.membership().version() == 0 ? ListedMembers.of(ensemble.initial()) : ListedMembers.NONE);
    }

    /** Says from now on what follows from this view. Core thread. */
    void renew(NodeView view) {
        hello = of(view);
    }

    @Override
    public Hello get() {
        return hello;
    }
}
