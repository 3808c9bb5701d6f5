package io.pando.zab.core;

import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server stands at one moment: for metrics, tests and the checks of a simulation.
 *
 * @param lastZxid the end of its log, durable or not
 * @param linked other servers, that are
 * @param leading whom it leads; none if it does not
 * @param quorumWritable whether the logs of a quorum have room, as far as a leader knows, its own left out of account; true on others
 * @param pending a membership that is proposed and not known to be committed
 */
public record NodeView(
        RoleView role,
        long lastZxid,
        long durableZxid,
        long commitZxid,
        long deliveredZxid,
        Promise promise,
        List<Long> linked,
        LeaderFigures leading,
        boolean quorumWritable,
        Membership membership,
        @Nullable Membership pending) {}
