package io.pando.server.fourletter;

import io.pando.server.config.MembershipText;
import io.pando.server.config.ServerConfig.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code conf} and {@code dirs}: how the server is set up and how much its files take. No secret is among it. */
final class ConfigWords {
    private ConfigWords() {}

    static String conf(ServerView server) {
        var config = server.config();
        var storage = config.storage();
        return "clientPort=" + server.clientPort() + '\n'
                + "secureClientPort=-1\n"
                + "dataDir=" + storage.dataDir() + '\n'
                + "dataDirSize=" + sizeBytes(storage.dataDir()) + '\n'
                + "dataLogDir=" + storage.logDir() + '\n'
                + "dataLogSize=" + sizeBytes(storage.logDir()) + '\n'
                + "tickTime=" + config.sessions().tickMs() + '\n'
                + "maxClientCnxns=" + config.limits().connectionsPerAddress() + '\n'
                + "minSessionTimeout=" + config.sessions().minTimeoutMs() + '\n'
                + "maxSessionTimeout=" + config.sessions().maxTimeoutMs() + '\n'
                + "clientPortListenBacklog=" + config.clientPort().backlog() + '\n'
                + "serverId=" + config.serverId() + '\n'
                + (Mode.isAlone(server) ? "" : ensemble(server));
    }

    /** The lines of a member, with the membership that is in force and its version, a zxid. */
    private static String ensemble(ServerView server) {
        var self = server.config().ensemble().self();
        var members = server.membership();
        return "electionPort=" + self.bulkPort() + '\n'
                + "quorumPort=" + self.peerPort() + '\n'
                + "peerType=" + (self.isParticipant() ? 0 : 1) + '\n'
                + "membership: \n"
                + String.join("\n", MembershipText.linesOf(members)) + '\n'
                + "version=" + Long.toHexString(members.version()) + '\n';
    }

    static String dirs(Storage storage) {
        return "datadir_size: " + sizeBytes(storage.dataDir()) + "\nlogdir_size: " + sizeBytes(storage.logDir()) + '\n';
    }

    /** Files come and go while this counts, so it is a figure of about now; 0 for what can't be read. */
    private static long sizeBytes(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            return 0;
        }
    }
}
