package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.Event;
import io.pando.zab.core.RoleView;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;

/**
 * A number for what is in a line of the trace, the same in every JVM: unlike {@code hashCode}, which is an address for whatever
 * does not define it, enums among them.
 */
final class TraceDigest {

    private TraceDigest() {}

    static long of(Object traced) {
        long kind = traced.getClass().getName().hashCode();
        return mix(
                kind,
                switch (traced) {
                    case Event event -> of(event);
                    case Effect effect -> of(effect);
                    default -> traced.toString().hashCode(); // a fault, by its name
                });
    }

    private static long of(Event event) {
        return switch (event) {
            case Event.Start start -> 0;
            case Event.Tick tick -> 0;
            case Event.LinkUp up -> mix(of(up.link()), up.hello().incarnation());
            case Event.LinkDown down -> mix(of(down.link()), down.why().hashCode());
            case Event.Received received -> mix(of(received.link()), of(received.message()));
            case Event.PromiseDurable durable -> durable.sequence();
            case Event.LogDurable durable -> mix(durable.generation(), durable.zxid());
            case Event.LogRead read -> mix(read.request(), read.records() == null ? -1 : of(read.records()));
            case Event.SnapshotFetched fetched ->
                mix(fetched.token(), fetched.meta().zxid());
            case Event.SnapshotFetchFailed failed ->
                mix(failed.token(), failed.why().hashCode());
            case Event.SnapshotTaken taken -> taken.meta().zxid();
            case Event.ProposeMembership asked ->
                mix(asked.request(), asked.next().text().hashCode());
            case Event.Barrier barrier -> barrier.request();
            case Event.Forward forward -> forward.payload().hashCode();
            case Event.Reply reply -> mix(reply.to(), reply.payload().hashCode());
            case Event.Resign resign -> resign.preferred();
            case Event.Writable writable -> writable.writable() ? 1 : 0;
        };
    }

    private static long of(Effect effect) {
        return switch (effect) {
            case Effect.Send send -> mix(of(send.link()), of(send.message()));
            case Effect.CloseLink close -> mix(of(close.link()), close.why().hashCode());
            case Effect.Append append -> mix(mix(append.generation(), append.commitHint()), of(append.records()));
            case Effect.Truncate truncate -> mix(truncate.generation(), truncate.keepUpTo());
            case Effect.ResetLog reset -> mix(reset.generation(), reset.base().zxid());
            case Effect.PersistPromise promise ->
                mix(
                        mix(promise.sequence(), promise.promise().acceptedEpoch()),
                        promise.promise().acceptedLeader());
            case Effect.ReadLog read -> mix(read.request(), read.afterZxid());
            case Effect.FetchSnapshot fetch -> mix(mix(fetch.token(), fetch.fromServer()), fetch.atLeastZxid());
            case Effect.InstallSnapshot install ->
                mix(install.token(), install.meta().zxid());
            case Effect.TakeSnapshot take -> 0;
            case Effect.Deliver deliver -> of(deliver.records());
            case Effect.RoleChanged changed ->
                mix(of(changed.role()), changed.why().hashCode());
            case Effect.MembershipChanged changed -> changed.committed().text().hashCode();
            case Effect.MembersHeardOf heard -> heard.membership().text().hashCode();
            case Effect.BarrierPassed passed -> mix(passed.request(), passed.zxid());
            case Effect.BarrierFailed failed -> failed.request();
            case Effect.MembershipInstalled installed -> mix(installed.request(), installed.version());
            case Effect.MembershipRefused refused ->
                mix(refused.request(), refused.why().hashCode());
            case Effect.Requested requested ->
                mix(requested.from(), requested.payload().hashCode());
            case Effect.Answered answered -> answered.payload().hashCode();
            case Effect.Halt halt -> halt.reason().hashCode();
        };
    }

    private static long of(Message message) {
        long kind = mix(message.getClass().getName().hashCode(), message.epoch());
        return mix(
                kind,
                switch (message) {
                    case Message.Notification n ->
                        mix(
                                mix(mix(n.state().name().hashCode(), n.round()), of(n.vote())),
                                mix(n.leader(), n.leaderEpoch() * 2L + (n.established() ? 1 : 0)));
                    case Message.Join join -> mix(mix(join.acceptedEpoch(), join.acceptedLeader()), join.zxid());
                    case Message.NewEpoch proposed -> proposed.clusterId().hashCode();
                    case Message.AckEpoch ack -> mix(mix(ack.zxid(), ack.lastZxid()), ack.commitZxid());
                    case Message.Sync sync -> mix(sync.mode().name().hashCode(), sync.base());
                    case Message.Append append -> mix(mix(append.commitZxid(), append.probe()), of(append.records()));
                    case Message.Ack ack -> mix(ack.zxid(), ack.probe() * 2 + (ack.writable() ? 1 : 0));
                    case Message.UpToDate ready -> ready.zxid();
                    case Message.Request request -> request.payload().hashCode();
                    case Message.Answer answer -> answer.payload().hashCode();
                    case Message.Barrier barrier -> barrier.id();
                    case Message.BarrierPassed passed -> mix(passed.id(), passed.zxid());
                    case Message.Handover handover -> handover.successor();
                    case Message.Reject reject -> reject.reason().name().hashCode();
                });
    }

    private static long of(Link link) {
        return mix(link.serverId(), link.number());
    }

    private static long of(Vote vote) {
        return mix(vote.zxid(), vote.leader());
    }

    private static long of(RoleView role) {
        return mix(mix(role.kind().name().hashCode(), role.leader()), role.epoch() * 2L + (role.active() ? 1 : 0));
    }

    /** What the payloads are is known by whoever compares histories; here it is enough where they lie. */
    private static long of(Records records) {
        return mix(mix(records.prevZxid(), records.lastZxid()), records.lengthBytes());
    }

    private static long mix(long one, long other) {
        long mixed = (one * 31 + other) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
