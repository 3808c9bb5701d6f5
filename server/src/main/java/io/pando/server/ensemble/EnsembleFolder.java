package io.pando.server.ensemble;

import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The directory of an ensemble: {@code server-1/pando.cfg}, {@code server-1/data}, {@code server-1/output.txt}, and so on. */
final class EnsembleFolder {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CONFIG = "pando.cfg";
    private static final int HIGHEST_PORT = 65_535;

    private final Path directory;

    EnsembleFolder(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** What is there is continued as it is. */
    boolean isMade() {
        return Files.exists(configOf(1));
    }

    /** @param clientPort of the first server, the others have the next ones; empty takes any that are free */
    void make(int servers, OptionalInt clientPort) throws EnsembleException {
        if (clientPort.isPresent() && clientPort.getAsInt() + servers - 1 > HIGHEST_PORT) {
            throw new EnsembleException("From client port " + clientPort.getAsInt() + " on there are no " + servers
                    + " ports; the highest is " + HIGHEST_PORT + ".");
        }
        try {
            String lines = serverLines(servers, clientPort);
            for (int id = 1; id <= servers; id++) {
                Files.createDirectories(dataOf(id));
                Files.writeString(dataOf(id).resolve("myid"), id + "\n");
                Files.writeString(configOf(id), config(id, servers, lines));
            }
        } catch (IOException e) {
            throw new EnsembleException("No ensemble can be kept in " + directory + ": " + e, e);
        }
    }

    private String config(int id, int servers, String lines) {
        // In the language of no country: some write numbers in other digits than a configuration has.
        return String.format(Locale.ROOT, """
            # Server %d of %d, as "pando ensemble" has written it.
            # To run it alone: bin/pando server --config %s
            dataDir=%s
            clientPortAddress=%s
            4lw.commands.whitelist=*
            %s
            """, id, servers, configOf(id), escaped(dataOf(id)), LOOPBACK, lines);
    }

    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }

    private static String serverLines(int servers, OptionalInt clientPort) throws IOException {
        List<Integer> ports = FreePorts.choose(3 * servers);
        return IntStream.rangeClosed(1, servers)
                .mapToObj(id -> String.format(
                        Locale.ROOT,
                        "server.%d=%s:%d:%d;%s:%d",
                        id,
                        LOOPBACK,
                        ports.get(3 * id - 3),
                        ports.get(3 * id - 2),
                        LOOPBACK,
                        clientPort.isPresent() ? clientPort.getAsInt() + id - 1 : ports.get(3 * id - 1)))
                .collect(Collectors.joining("\n"));
    }

    /** Everything that is there, in the order of the ids. */
    List<ServerFolder> servers() throws EnsembleException {
        List<ServerFolder> servers = new ArrayList<>();
        for (int id = 1; Files.exists(configOf(id)); id++) {
            ServerConfig config = read(configOf(id));
            servers.add(new ServerFolder(
                    config.serverId(),
                    config.clientPort().port(),
                    configOf(id),
                    folderOf(id).resolve("output.txt")));
        }
        return servers;
    }

    private static ServerConfig read(Path config) throws EnsembleException {
        try {
            return ConfigLoader.load(new Sources(Optional.of(config), Map.of(), List.of()))
                    .config();
        } catch (ConfigException wrong) {
            throw new EnsembleException(String.join(System.lineSeparator(), wrong.problems()), wrong);
        }
    }

    Path directory() {
        return directory;
    }

    private Path folderOf(int id) {
        return directory.resolve("server-" + id);
    }

    private Path configOf(int id) {
        return folderOf(id).resolve(CONFIG);
    }

    private Path dataOf(int id) {
        return folderOf(id).resolve("data");
    }
}
