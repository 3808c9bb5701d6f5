package io.pando.server.rehearsal;

import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import io.pando.server.ensemble.FreePorts;
import io.pando.server.ensemble.Standing;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A short life of a server: it is filled with znodes, asked for them, crashes, and is started again several times on what it has stored; and one of
 * three servers that agree, of which one leads. Each is asked for all that clients usually ask, and has its configuration from
 * everywhere.
 *
 * <p>Nothing of it is measured or kept; what counts is that the code of a start, snapshot and log included, and of the usual
 * requests ran often enough for the JVM to know it. Everything runs on the calling thread and those of the servers.
 */
public final class Rehearsal {
    private static final int FOLDERS = 40;
    private static final int ZNODES = 60_000;
    private static final int RESTARTS = 4;
    // Several snapshots while it is filled, and thousands of transactions behind the last one for a restart to replay.
    private static final int TXNS_PER_SNAPSHOT = 27_000;
    private static final int MEMBERS = 3;
    private static final int PORTS_OF_A_MEMBER = 2; // for messages and for snapshots
    private static final int LONE_WRITES = 4_000;

    private final Path dataDir;

    /** With its data in an empty directory. */
    public Rehearsal(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** Returns when the last server has stopped. */
    public void run() throws IOException, StartException, ConfigException {
        alone();
        together();
    }

    private void alone() throws IOException, StartException, ConfigException {
        live(client -> {
            client.ask(FOLDERS, folder -> Repertoire.create(folderOf(folder)));
            client.ask(ZNODES, znode -> Repertoire.create(pathOf(znode)));
            client.ask(ZNODES, znode -> new ReadRequest.GetData(pathOf(znode), false));
            client.ask(ZNODES / 4, znode -> new WriteRequest.SetData(pathOf(znode), Repertoire.DATA, -1));
        });
        for (int i = 0; i < RESTARTS; i++) {
            int life = i;
            live(client -> {
                client.ask(1, znode -> new ReadRequest.Exists(pathOf(znode), false));
                client.ask(FOLDERS, folder -> new ReadRequest.GetChildren2(folderOf(folder), false));
                new Repertoire(client, "/repertoire-" + life).play();
            });
        }
    }

    private interface Part {
        void play(RehearsalClient client) throws IOException;
    }

    /** It ends without a snapshot, so that the next start has a log to replay. */
    private void live(Part part) throws IOException, StartException, ConfigException {
        PandoServer server = PandoServer.start(config("alone", List.of()));
        try (var client = new RehearsalClient(server.address())) {
            part.play(client);
        } finally {
            server.halt();
        }
    }

    /** Each server has a client of its own, so that leader and followers have all to do that they ever have. */
    private void together() throws IOException, StartException, ConfigException {
        List<PandoServer> servers = new ArrayList<>();
        try {
            for (ServerConfig config : configsOfMembers()) {
                servers.add(PandoServer.start(config));
            }
            for (PandoServer server : servers) {
                Standing.ask(server.address()); // as those do who watch over servers
                try (var client = new RehearsalClient(server.address())) {
                    client.ask(FOLDERS, folder -> Repertoire.create(folderOf(server, folder)));
                    client.ask(ZNODES / 4, number -> setFolder(server, number));
                    client.askOneByOne(LONE_WRITES, number -> setFolder(server, number));
                    new Repertoire(client, "/repertoire-" + server.clientPort()).play();
                }
            }
        } finally {
            servers.forEach(PandoServer::stop);
        }
    }

    private static Request setFolder(PandoServer server, int number) {
        return new WriteRequest.SetData(folderOf(server, number), Repertoire.DATA, -1);
    }

    private List<ServerConfig> configsOfMembers() throws IOException, ConfigException {
        List<Integer> ports = FreePorts.choose(PORTS_OF_A_MEMBER * MEMBERS);
        List<String> lines = new ArrayList<>();
        for (int id = 1; id <= MEMBERS; id++) {
            int first = PORTS_OF_A_MEMBER * (id - 1);
            lines.add("server." + id + "=127.0.0.1:" + ports.get(first) + ":" + ports.get(first + 1));
        }
        List<ServerConfig> configs = new ArrayList<>();
        for (int id = 1; id <= MEMBERS; id++) {
            List<String> settings = new ArrayList<>(lines);
            settings.add("myid=" + id);
            settings.add("forceSync=no"); // the disk is known by then, and nobody waits for it thousands of times
            configs.add(config("member-" + id, settings));
        }
        return configs;
    }

    private ServerConfig config(String name, List<String> more) throws IOException, ConfigException {
        List<String> lines = new ArrayList<>(List.of(
                "clientPortAddress=127.0.0.1",
                "longMultiPartsPerSecond=0", // nobody else is held up
                "snapCount=" + TXNS_PER_SNAPSHOT));
        lines.addAll(more);
        Path file = Files.createDirectories(dataDir).resolve(name + ".cfg");
        Files.write(file, lines);
        var everywhere = new Sources(
                Optional.of(file), Map.of("PANDO_SET_CLIENTPORT", "0"), List.of("dataDir=" + dataDir.resolve(name)));
        return ConfigLoader.load(everywhere).config();
    }

    private static String folderOf(PandoServer server, int number) {
        return folderOf(number) + "-of-" + server.clientPort();
    }

    private static String folderOf(int number) {
        return "/rehearsal-" + number % FOLDERS;
    }

    private static String pathOf(int znode) {
        return folderOf(znode) + "/znode-" + znode;
    }
}
