package io.pando.zab.runtime;

import io.pando.zab.transport.PeerTransport;
import io.pando.zab.transport.SnapshotTransport;

/**
 * The ways to and from the other servers.
 *
 * @param ports where they reach this one
 */
public record PeerNetwork(PeerTransport links, SnapshotTransport snapshots, PeerPorts ports) {}
