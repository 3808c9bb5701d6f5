package io.pando.server.core;

import com.lmax.disruptor.WaitStrategy;

/**
 * What the core goes by.
 *
 * @param serverId lowest 8 bits become the top byte of session ids; 0 to 254
 * @param tickEveryMs how often {@link Core#tick} is called
 * @param pauseMs a tick that is later than this says that the whole server was paused
 */
public record CoreConfig(
        int serverId,
        SessionLimits sessions,
        ReaperConfig reaper,
        int tickEveryMs,
        int pauseMs,
        WaitStrategy waitStrategy) {}
