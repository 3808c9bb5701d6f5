package io.pando.zab.core;

/** What a server without an active leader answers to its own state machine. */
final class Refusals {

    private Refusals() {}

    static void withoutLeader(NodeState node, Event request) {
        switch (request) {
            case Event.Barrier barrier -> node.effects.add(new Effect.BarrierFailed(barrier.request()));
            case Event.ProposeMembership proposal ->
                node.effects.add(new Effect.MembershipRefused(proposal.request(), "this server does not lead"));
            // Nobody waits for an answer: whoever forwards knows by the change of role that its requests are lost.
            default -> {}
        }
    }
}
