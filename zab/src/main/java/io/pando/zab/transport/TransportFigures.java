package io.pando.zab.transport;

/**
 * What a transport has done since its start.
 *
 * @param linksUp links that came up
 * @param linksDown links that ended; the difference is open
 * @param bytesSent handed to the links, lengths of frames included
 * @param messagesDropped sent on links that were gone
 * @param linksOverflowed ended because the peer took too little of what was sent
 * @param framesMalformed each the end of its link
 * @param connectionsRefused that ended during their handshake: strangers, other ensembles, silence
 * @param dialsFailed attempts that did not even get to a handshake
 */
public record TransportFigures(
        long linksUp,
        long linksDown,
        long messagesSent,
        long bytesSent,
        long messagesReceived,
        long bytesReceived,
        long messagesDropped,
        long linksOverflowed,
        long framesMalformed,
        long connectionsRefused,
        long dialsFailed) {}
