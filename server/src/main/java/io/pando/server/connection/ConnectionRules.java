package io.pando.server.connection;

import java.util.Set;

/**
 * What one connection may do.
 *
 * @param maxFrameBytes the largest request; a larger one closes the connection
 * @param maxUnanswered requests under way, of all together, above which a connection that has some is read no further
 * @param requiredSchemes a client must have proven an identity of one of these; empty demands nothing
 */
public record ConnectionRules(int maxFrameBytes, int maxUnanswered, Set<String> requiredSchemes) {}
