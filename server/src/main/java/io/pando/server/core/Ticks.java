package io.pando.server.core;

/**
 * How often the clock is looked at.
 *
 * @param everyMs the usual time between two looks
 * @param pauseMs a look that is later than this says that the whole server was paused
 */
public record Ticks(int everyMs, int pauseMs) {}
