package io.pando.client.connection;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session is kept.
 *
 * @param servers not resolved: that is done at every attempt
 * @param sessionTimeoutMs wished for; the server decides
 * @param connectTimeoutMs for each address, from the first packet to the server's acceptance of the session
 * @param requestTimeoutMs for each request, waiting for a connection included
 * @param closeTimeoutMs how long to wait for the server to confirm the end of the session
 * @param newSessionAfterLoss whether to open another when the session is lost, or to close the client
 * @param takeover the session to begin with; null for a new one
 * @param pauseMs how long the process has to stand still for it to be told
 * @param tls null for none
 */
public record Settings(
        List<InetSocketAddress> servers,
        boolean shuffle,
        int sessionTimeoutMs,
        int connectTimeoutMs,
        long requestTimeoutMs,
        long closeTimeoutMs,
        Backoff backoff,
        boolean readOnlyAllowed,
        boolean newSessionAfterLoss,
        @Nullable Session takeover,
        List<Identity> identities,
        int mostRequests,
        int mostRequestBytes,
        int mostReplyBytes,
        long pauseMs,
        @Nullable SslContext tls) {}
