package io.pando.zab.runtime;

import io.pando.zab.core.CoreConfig;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's place among the others.
 *
 * @param serverId {@code myid}; 0 for a server that is an ensemble of its own
 * @param initial the members as configured; those that the history has named since then are the ones that count
 * @param genesisByQuorum lets the ensemble begin its life before all participants are there
 * @param frames how long what they send may be; the same on all servers
 * @param peers where other servers reach this one; null if it is alone
 * @param snapshots where they fetch snapshots; null if it is alone
 */
public record EnsembleConfig(
        long serverId,
        Membership initial,
        boolean genesisByQuorum,
        CoreConfig.Limits limits,
        CoreConfig.Timing timing,
        FrameLimits frames,
        @Nullable InetSocketAddress peers,
        @Nullable InetSocketAddress snapshots) {

    /** A server that is an ensemble of its own; nobody connects to the ports that its history names. */
    public static EnsembleConfig alone() {
        return alone(0);
    }

    /** The same, for a server that has an id. */
    public static EnsembleConfig alone(long serverId) {
        Membership itself = new Membership(0, List.of(Member.parse(serverId, "localhost:2888:3888")));
        // Nobody has to be fed: what is delivered needs no memory.
        return new EnsembleConfig(
                serverId,
                itself,
                false,
                CoreConfig.Limits.USUAL.withTail(0),
                CoreConfig.Timing.LAN,
                FrameLimits.DEFAULT,
                null,
                null);
    }

    /** A member of several, with the usual limits and times. */
    public static EnsembleConfig member(
            long serverId, Membership initial, InetSocketAddress peers, InetSocketAddress snapshots) {
        return new EnsembleConfig(
                serverId,
                initial,
                false,
                CoreConfig.Limits.USUAL,
                CoreConfig.Timing.LAN,
                FrameLimits.DEFAULT,
                peers,
                snapshots);
    }

    public boolean isAlone() {
        return peers == null;
    }

    public EnsembleConfig withGenesisByQuorum(boolean value) {
        return new EnsembleConfig(serverId, initial, value, limits, timing, frames, peers, snapshots);
    }

    public EnsembleConfig withLimits(CoreConfig.Limits value) {
        return new EnsembleConfig(serverId, initial, genesisByQuorum, value, timing, frames, peers, snapshots);
    }

    /** So much memory the newest part of the history may take, which servers that lag behind are fed from. */
    public EnsembleConfig withHistoryBytes(long value) {
        return withLimits(limits.withTail(value));
    }

    public EnsembleConfig withTiming(CoreConfig.Timing value) {
        return new EnsembleConfig(serverId, initial, genesisByQuorum, limits, value, frames, peers, snapshots);
    }

    public EnsembleConfig withFrames(FrameLimits value) {
        return new EnsembleConfig(serverId, initial, genesisByQuorum, limits, timing, value, peers, snapshots);
    }
}
