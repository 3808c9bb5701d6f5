package io.pando.server;

import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts servers inside the test's own process. */
public final class AServer {
    private AServer() {}

    /** A server on a free port that keeps its files in {@code directory}; {@code settings} are more {@code key=value} texts. */
    public static PandoServer in(Path directory, String... settings) throws StartException, ConfigException {
        List<String> all =
                new ArrayList<>(List.of("clientPort=0", "dataDir=" + directory, "preAllocSize=1024", "forceSync=no"));
        all.addAll(List.of(settings));
        return PandoServer.start(
                ConfigLoader.load(Sources.of(all.toArray(String[]::new))).config());
    }
}
