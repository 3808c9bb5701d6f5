package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The other servers of the ensemble; a server that is alone has none. Core thread. */
final class Peers implements AutoCloseable {
    private final Optional<PeerNetwork> network;
    private final SnapshotExchange exchange;
    private @Nullable CompletableFuture<Long> fetching;

    private Peers(Optional<PeerNetwork> network, SnapshotExchange exchange) {
        this.network = network;
        this.exchange = exchange;
    }

    static Peers open(Host host, EnsembleConfig config, Supplier<Hello> hello, Inbox inbox, SnapshotExchange exchange)
            throws IOException {
        return new Peers(
                config.isAlone() ? Optional.empty() : Optional.of(host.join(config, hello, inbox, exchange::open)),
                exchange);
    }

    /** Any thread. */
    Optional<PeerPorts> ports() {
        return network.map(PeerNetwork::ports);
    }

    void connectTo(Membership members) {
        network.ifPresent(open -> open.links().connectTo(members));
    }

    void send(Link link, Message message) {
        network.ifPresent(open -> open.links().send(link, message));
    }

    void close(Link link, String why) {
        network.ifPresent(open -> open.links().close(link, why));
    }

    /** Lets go what was sent, and reads on where reading was stopped. */
    void flush() {
        if (network.isPresent()) {
            network.get().links().flush();
            network.get().links().resumeReading();
        }
    }

    /** Gets a snapshot; one that is still on its way is of no more use. */
    void fetch(Effect.FetchSnapshot wanted, Membership members) {
        PeerNetwork open = network.orElseThrow();
        Member from = members.member(wanted.fromServer());
        if (fetching != null) {
            fetching.cancel(false);
        }
        if (from == null) {
            exchange.failed(wanted.token(), new IOException("server " + wanted.fromServer() + " is no member"));
            return;
        }
        CompletableFuture<Long> started =
                open.snapshots().fetch(from, wanted.atLeastZxid(), exchange.sink(wanted.token(), from));
        fetching = started;
        started.whenComplete((zxid, failure) -> {
            if (failure != null) {
                exchange.failed(wanted.token(), failure);
            }
        });
    }

    @Override
    public void close() {
        network.ifPresent(open -> {
            open.links().close();
            open.snapshots().close();
        });
    }
}
