/**
 * What a server is told before it starts: a properties file with ZooKeeper's key names, the environment and {@code --set}
 * options, read into one immutable {@link io.pando.server.config.ServerConfig}.
 *
 * <p>The flow: {@code PropertiesFile} and {@code Sources} find what was given, {@code KeyTable} knows every key,
 * {@code ConfigLoader} judges all of it and collects every problem, {@code ServerConfig} holds the result. The rest of the
 * server sees only the result.
 */
@NullMarked
package io.pando.server.config;

import org.jspecify.annotations.NullMarked;
