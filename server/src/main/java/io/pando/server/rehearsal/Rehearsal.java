package io.pando.server.rehearsal;

import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.WriteRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A short life of a server: it is filled with znodes, asked for them, and started again several times on what it has stored.
 *
 * <p>Nothing of it is measured or kept; what counts is that the code of a start, snapshot and log included, and of the usual
 * requests ran often enough for the JVM to know it. Everything runs on the calling thread and those of the server.
 */
public final class Rehearsal {
    private static final int FOLDERS = 40;
    private static final int ZNODES = 60_000;
    private static final int RESTARTS = 4;
    // Several snapshots while it is filled, and thousands of transactions behind the last one for a restart to replay.
    private static final int TXNS_PER_SNAPSHOT = 27_000;
    private static final byte[] DATA = new byte[100];
    private static final List<@Nullable Acl> OPEN = Collections.unmodifiableList(Acl.OPEN);

    private final Path dataDir;

    /** With its data in an empty directory. */
    public Rehearsal(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** Returns when the last server has stopped. */
    public void run() throws IOException, StartException, ConfigException {
        live(client -> {
            client.ask(FOLDERS, Rehearsal::createFolder);
            client.ask(ZNODES, Rehearsal::createZnode);
            client.ask(ZNODES, znode -> new ReadRequest.GetData(pathOf(znode), false));
            client.ask(ZNODES / 4, znode -> new WriteRequest.SetData(pathOf(znode), DATA, -1));
        });
        for (int i = 0; i < RESTARTS; i++) {
            live(client -> {
                client.ask(1, znode -> new ReadRequest.Exists(pathOf(znode), false));
                client.ask(FOLDERS, folder -> new ReadRequest.GetChildren2(folderOf(folder), false));
            });
        }
    }

    private interface Part {
        void play(RehearsalClient client) throws IOException;
    }

    private void live(Part part) throws IOException, StartException, ConfigException {
        PandoServer server = PandoServer.start(config());
        try (var client = new RehearsalClient(server.address())) {
            part.play(client);
        } finally {
            server.stop();
        }
    }

    private ServerConfig config() throws ConfigException {
        var settings = List.of(
                "clientPort=0",
                "clientPortAddress=127.0.0.1",
                "dataDir=" + dataDir,
                "forceSync=no",
                "snapCount=" + TXNS_PER_SNAPSHOT);
        return ConfigLoader.load(new Sources(Optional.empty(), Map.of(), settings))
                .config();
    }

    private static Request createFolder(int folder) {
        return create(folderOf(folder));
    }

    private static Request createZnode(int znode) {
        return create(pathOf(znode));
    }

    private static Request create(String path) {
        return WriteRequest.Create.of(OpCode.CREATE, path, DATA, OPEN, CreateMode.PERSISTENT.flag());
    }

    private static String folderOf(int number) {
        return "/rehearsal-" + number % FOLDERS;
    }

    private static String pathOf(int znode) {
        return folderOf(znode) + "/znode-" + znode;
    }
}
