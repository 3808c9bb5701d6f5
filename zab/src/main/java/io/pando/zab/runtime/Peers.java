package io.pando.zab.runtime;

import io.pando.zab.core.Effect;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.transport.BulkChannel;
import io.pando.zab.transport.BulkConfig;
import io.pando.zab.transport.NettyPeerTransport;
import io.pando.zab.transport.PeerTransport;
import io.pando.zab.transport.TransportConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The other servers of the ensemble; a server that is alone has none. Core thread. */
final class Peers implements AutoCloseable {
    private final Optional<Network> network;
    private @Nullable CompletableFuture<Long> fetching;

    private record Network(PeerTransport links, BulkChannel bulk, SnapshotExchange exchange, PeerPorts ports) {}

    private Peers(Optional<Network> network) {
        this.network = network;
    }

    static Peers open(EnsembleConfig config, Supplier<Hello> hello, Inbox inbox, SnapshotExchange exchange)
            throws IOException {
        InetSocketAddress peers = config.peers();
        InetSocketAddress snapshots = config.snapshots();
        if (peers == null || snapshots == null) {
            return new Peers(Optional.empty());
        }
        NettyPeerTransport links = NettyPeerTransport.open(TransportConfig.of(config.serverId(), peers), hello, inbox);
        try {
            BulkChannel bulk = BulkChannel.open(BulkConfig.of(snapshots), hello, exchange::open);
            PeerPorts ports =
                    new PeerPorts(links.address().getPort(), bulk.address().getPort());
            return new Peers(Optional.of(new Network(links, bulk, exchange, ports)));
        } catch (IOException | RuntimeException e) {
            links.close();
            throw e;
        }
    }

    /** Any thread. */
    Optional<PeerPorts> ports() {
        return network.map(Network::ports);
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
        Network open = network.orElseThrow();
        Member from = members.member(wanted.fromServer());
        if (fetching != null) {
            fetching.cancel(false);
        }
        if (from == null) {
            open.exchange().failed(wanted.token(), new IOException("server " + wanted.fromServer() + " is no member"));
            return;
        }
        CompletableFuture<Long> started =
                open.bulk().fetch(from, wanted.atLeastZxid(), open.exchange().sink(wanted.token(), from));
        fetching = started;
        started.whenComplete((zxid, failure) -> {
            if (failure != null) {
                open.exchange().failed(wanted.token(), failure);
            }
        });
    }

    @Override
    public void close() {
        network.ifPresent(open -> {
            open.links().close();
            open.bulk().close();
        });
    }
}
