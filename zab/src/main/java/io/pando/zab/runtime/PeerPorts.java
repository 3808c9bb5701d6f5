package io.pando.zab.runtime;

/**
 * The ports that a server has really taken for the others, also where any free one was asked for.
 *
 * @param messages where they agree
 * @param snapshots where they fetch snapshots
 */
public record PeerPorts(int messages, int snapshots) {}
