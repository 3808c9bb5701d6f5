package io.pando.zab.core;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Message;
import io.pando.zab.model.Zxid;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;

/** Which epoch a leader asks for, and of which ensemble (zab.md section 4.1). */
final class EpochChoice {

    private EpochChoice() {}

    /** Later than every one that was promised by those who joined; 0 if there is none left. */
    static int next(NodeState node, Collection<Learner> joined) {
        int highest = later(node.promise().acceptedEpoch(), Zxid.epoch(node.history.last()));
        for (Learner learner : joined) {
            highest = later(highest, learner.join.acceptedEpoch());
        }
        return highest + 1;
    }

    private static int later(int one, int other) {
        return Integer.compareUnsigned(one, other) >= 0 ? one : other;
    }

    /** Whether an epoch is promised to another leader of it, who had no quorum, or is lower than a promised one. */
    static boolean isPromisedAway(NodeState node, int epoch, Message.Join join) {
        int order = Integer.compareUnsigned(join.acceptedEpoch(), epoch);
        return order > 0 || (order == 0 && join.acceptedLeader() != node.self());
    }

    /** Whoever begins the life of an ensemble gives it its id. */
    static UUID clusterId(NodeState node) {
        if (!node.isBlank() || !node.clusterId().equals(Hello.NO_CLUSTER)) {
            return node.clusterId();
        }
        // Without everybody present there may be a second try that knows nothing of the first: both come to the same.
        return node.config.genesisByQuorum()
                ? UUID.nameUUIDFromBytes(node.config.initial().text().getBytes(StandardCharsets.UTF_8))
                : new UUID(node.random.nextLong(), node.random.nextLong());
    }
}
