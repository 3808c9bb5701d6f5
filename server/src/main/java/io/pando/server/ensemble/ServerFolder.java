package io.pando.server.ensemble;

import java.nio.file.Path;

/**
 * Where one server of the ensemble lives.
 *
 * @param config the file it is started with
 * @param output what its processes say, one after another
 */
record ServerFolder(long id, int clientPort, Path config, Path output) {}
