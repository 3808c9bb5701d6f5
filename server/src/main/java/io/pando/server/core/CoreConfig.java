package io.pando.server.core;

/**
 * What the core goes by.
 *
 * @param serverId lowest 8 bits become the top byte of session ids; 0 to 254
 * @param ticks how often {@link Core#tick} is called
 * @param underWayBytes of requests that all servers of the ensemble together let in before they settle them
 * @param readOnlyMode whether clients that accept it may read while this server is cut off from the others
 */
public record CoreConfig(
        int serverId,
        SessionLimits sessions,
        ReaperConfig reaper,
        Ticks ticks,
        long underWayBytes,
        boolean readOnlyMode) {}
