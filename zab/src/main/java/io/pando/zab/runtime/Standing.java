package io.pando.zab.runtime;

import io.pando.zab.core.NodeView;
import io.pando.zab.core.RoleView;
import io.pando.zab.model.Member;
import io.pando.zab.model.Zxid;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this server stands among the others, as everybody may see it, and what people read about that in its log. The core thread says
 * what is new; any thread may look.
 */
final class Standing {
    private static final Logger log = LoggerFactory.getLogger(Standing.class);

    private static final long COMPLAINT_NANOS = Duration.ofSeconds(5).toNanos();

    private final EnsembleConfig ensemble;
    private final Clock clock;
    // Written by the core thread, read by whoever asks for figures.
    private volatile NodeView view;
    private volatile long roleSinceNanos;
    private long complainedAtNanos; // core thread

    Standing(EnsembleConfig ensemble, Clock clock, NodeView view) {
        this.ensemble = ensemble;
        this.clock = clock;
        this.view = view;
        this.roleSinceNanos = clock.nanoTime();
        this.complainedAtNanos = clock.nanoTime();
    }

    NodeView view() {
        return view;
    }

    RoleView role() {
        return view.role();
    }

    /** Since when it has its role, on the clock of {@link Host#clock}. */
    long roleSinceNanos() {
        return roleSinceNanos;
    }

    /** It has another role from now on. Core thread. */
    void roleChanged(RoleView role, String why, NodeView now) {
        if (role.active()) {
            log.info("{} in epoch {}, leader {}: {}.", role.kind(), role.epoch(), role.leader(), why);
        } else if (role().active()) {
            log.info("Not {} any more: {}.", role().kind(), why);
        } else {
            log.debug("{}, leader {}: {}.", role.kind(), role.leader(), why);
        }
        view = now;
        roleSinceNanos = clock.nanoTime();
    }

    /** This is how it stands at the end of a turn. Core thread. */
    void update(NodeView now, long nowNanos) {
        boolean quorumWasWritable = view.quorumWritable();
        view = now;
        if (quorumWasWritable != now.quorumWritable()) {
            tellOfFullDisks();
        }
        complainWithoutLeader(nowNanos);
    }

    private void tellOfFullDisks() {
        if (view.quorumWritable()) {
            log.info("A quorum has space on its disks again, or other servers decide about writes.");
        } else {
            log.error("The disks of so many other servers are full that no quorum has space: writes are refused until"
                    + " there is.");
        }
    }

    /** Whoever looks into the log of a server that serves nobody wants to know whom it waits for. */
    private void complainWithoutLeader(long nowNanos) {
        if (role().active()) {
            complainedAtNanos = nowNanos;
        } else if (nowNanos - complainedAtNanos > COMPLAINT_NANOS) {
            complainedAtNanos = nowNanos;
            log.warn(
                    "Without a leader; {}linked with servers {}, waiting for servers {}.",
                    view.lastZxid() == Zxid.NONE && !ensemble.genesisByQuorum()
                            ? "an ensemble without data begins when all participants are there; "
                            : "",
                    view.linked(),
                    missing());
        }
    }

    private List<Long> missing() {
        return view.membership().participants().stream()
                .map(Member::id)
                .filter(id -> id != ensemble.serverId())
                .filter(id -> !view.linked().contains(id))
                .toList();
    }
}
