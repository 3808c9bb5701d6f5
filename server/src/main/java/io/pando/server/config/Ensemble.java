package io.pando.server.config;

import io.pando.zab.core.CoreConfig.Timing;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.util.List;
import java.util.Optional;

/**
 * Who a server is and whom it agrees with.
 *
 * @param serverId its {@code myid}; 0 for a server alone that has none
 * @param initialMembership the members as the configuration lists them, version 0; of a server alone, that server
 * @param genesisByQuorum whether the ensemble may begin its life before all participants are there
 * @param readOnlyMode whether clients that accept it may read from a server that is cut off from the others
 * @param listensOnAllAddresses whether other servers are listened to on all addresses, rather than on the listed one
 * @param listensElsewhere where other servers are listened to if that is not where they find this one
 * @param timing how long servers wait for one another
 */
public record Ensemble(
        long serverId,
        Membership initialMembership,
        boolean genesisByQuorum,
        boolean readOnlyMode,
        boolean listensOnAllAddresses,
        Optional<PeerListening> listensElsewhere,
        Timing timing) {

    static final String BY_QUORUM = "quorum";
    static final String BY_ALL = "all";

    /** Nobody connects to it, but a member has an address. */
    private static final String NOWHERE = "localhost:2888:3888";

    /** @param members empty if none are listed: the server is alone */
    static Ensemble of(long serverId, List<Member> members, Settings settings) {
        return new Ensemble(
                serverId,
                new Membership(0, members.isEmpty() ? List.of(Member.parse(serverId, NOWHERE)) : members),
                settings.get(ActiveKeys.GENESIS).equals(BY_QUORUM),
                settings.get(ActiveKeys.READ_ONLY_MODE),
                settings.get(ActiveKeys.LISTEN_ON_ALL),
                Optional.empty(),
                Timeouts.of(settings));
    }

    /** Whether there is nobody else. */
    public boolean isAlone() {
        return initialMembership.members().size() == 1;
    }

    /** Where this server listens for the others. */
    public PeerListening listening() {
        return listensElsewhere.orElseGet(() -> PeerListening.of(self(), listensOnAllAddresses));
    }

    Ensemble listeningAt(PeerListening place) {
        return new Ensemble(
                serverId,
                initialMembership,
                genesisByQuorum,
                readOnlyMode,
                listensOnAllAddresses,
                Optional.of(place),
                timing);
    }

    /** This server among the members. */
    public Member self() {
        Member self = initialMembership.member(serverId);
        if (self == null) {
            throw new IllegalStateException("Server " + serverId + " is no member");
        }
        return self;
    }
}
