package io.pando.server.core;

import com.lmax.disruptor.WaitStrategy;

/**
 * What the core goes by.
 *
 * @param serverId lowest 8 bits become the top byte of session ids; 0 to 254
 * @param ticks how often {@link Core#tick} is called
 */
public record CoreConfig(
        int serverId, SessionLimits sessions, ReaperConfig reaper, Ticks ticks, WaitStrategy waitStrategy) {}
