package io.pando.server.config;

import io.pando.zab.model.Member;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a server listens for the other servers: usually where they are told to find it.
 *
 * @param host name or IP address; empty listens on all addresses
 * @param peerPort where servers agree; 0 takes any free one
 * @param bulkPort where they fetch snapshots; 0 takes any free one
 */
public record PeerListening(Optional<String> host, int peerPort, int bulkPort) {

    static PeerListening of(Member self, boolean onAllAddresses) {
        return new PeerListening(
                onAllAddresses ? Optional.empty() : Optional.of(self.host()), self.peerPort(), self.bulkPort());
    }

    /** Resolves the host name, which may take a while. */
    public InetSocketAddress peerAddress() {
        return address(peerPort);
    }

    /** Resolves the host name, which may take a while. */
    public InetSocketAddress bulkAddress() {
        return address(bulkPort);
    }

    private InetSocketAddress address(int port) {
        return host.map(name -> new InetSocketAddress(name, port)).orElseGet(() -> new InetSocketAddress(port));
    }
}
