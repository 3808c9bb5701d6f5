package io.pando.zab.runtime;

import io.pando.zab.log.UnusableStorageException;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history can go on in the place that the configuration gives its server. The members that count are those that the history
 * names, so a configuration alone makes no ensemble of a server that ran alone, nor the other way round: the server would lead
 * itself while its operator believes that others have a copy, or wait for ever for others that it has no network to reach.
 */
final class Belonging {
    private Belonging() {}

    /**
     * Refuses a history that belongs elsewhere.
     *
     * @param remembered the members that the history names; null if it names none yet
     */
    static void require(EnsembleConfig configured, @Nullable Membership remembered, Path dataDir)
            throws UnusableStorageException {
        if (remembered == null) {
            return;
        }
        boolean ranAlone = remembered.members().size() == 1;
        if (ranAlone && !configured.isAlone()) {
            throw new UnusableStorageException(
                    dataDir,
                    dataDir + " holds the history of a server that ran alone, but the configuration lists the servers "
                            + idsOf(configured.initial())
                            + ". The others would have copies, and no voice. A server that ran alone can't become a"
                            + " member in this version: give all members empty data directories and copy the znodes"
                            + " with a client, or remove the other server lines.");
        }
        if (!ranAlone && configured.isAlone()) {
            throw new UnusableStorageException(
                    dataDir,
                    dataDir + " holds the history of a member of an ensemble of the servers " + idsOf(remembered)
                            + ", but the configuration lists no other server, and alone it is no quorum. List the"
                            + " others as server.N lines, or give this server a dataDir of its own.");
        }
    }

    private static List<Long> idsOf(Membership membership) {
        return membership.members().stream().map(Member::id).toList();
    }
}
