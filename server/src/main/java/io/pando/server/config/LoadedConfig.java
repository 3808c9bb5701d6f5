package io.pando.server.config;

import java.util.List;

/**
 * A configuration that a server can start with.
 *
 * @param listing every key with its value and origin, fit to be shown: secrets are not in it
 * @param warnings what the operator should read, one sentence each
 */
public record LoadedConfig(ServerConfig config, List<Listing> listing, List<String> warnings) {}
