package io.pando.server.fourletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.core.RoleView.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a member of an ensemble answers, in the shapes of ZooKeeper's members. */
class MemberWordsTest {
    private final AView member = AView.ofEnsemble();

    @ParameterizedTest
    @CsvSource({"LEADING,leader,leading", "FOLLOWING,follower,following", "OBSERVING,observer,observing"})
    void a_member_says_what_it_is(Kind kind, String mode, String state) {
        member.as(kind);

        assertTrue(ask("srvr").contains("\nMode: " + mode + "\n"), ask("srvr"));
        assertTrue(ask("stat").contains("\nMode: " + mode + "\n"), ask("stat"));
        assertTrue(ask("mntr").contains("zk_server_state\t" + mode + "\n"), ask("mntr"));
        assertTrue(ask("mntr").contains("zk_peer_state\t" + state + " - broadcast\n"), ask("mntr"));
        assertEquals("rw", ask("isro"));
    }

    @Test
    void a_leader_counts_those_who_learn_from_it() {
        member.figures.proposed(100);
        member.figures.proposed(60);

        var text = ask("mntr");

        for (var line : List.of(
                "zk_quorum_size\t3",
                "zk_leader_uptime\t1482",
                "zk_learners\t3",
                "zk_followers\t2",
                "zk_synced_followers\t1",
                "zk_synced_non_voting_followers\t1",
                "zk_synced_observers\t1",
                "zk_pending_syncs\t4",
                "zk_last_proposal_size\t60",
                "zk_min_proposal_size\t60",
                "zk_max_proposal_size\t100")) {
            assertTrue(text.contains(line + "\n"), text);
        }
        assertTrue(ask("srvr").endsWith("\nProposal sizes last/min/max: 60/60/100\n"), ask("srvr"));
    }

    @Test
    void others_have_nobody_to_count() {
        var text = member.as(Kind.FOLLOWING).answers("mntr");

        assertTrue(text.contains("zk_quorum_size\t3\n"), text);
        assertFalse(text.contains("zk_leader_uptime") || text.contains("followers"), text);
        assertFalse(text.contains("zk_pending_syncs") || ask("srvr").contains("Proposal"), text);
    }

    @Test
    void without_a_leader_a_member_says_that_it_serves_nobody() {
        member.as(Kind.LOOKING).serving = false;

        for (var word : List.of("srvr", "stat", "mntr", "cons", "conf")) {
            assertEquals("This ZooKeeper instance is not currently serving requests\n", ask(word), word);
        }
        assertEquals("imok", ask("ruok"));
        assertEquals("null", ask("isro"));
    }

    @Test
    void cut_off_it_may_still_serve_those_who_only_read() {
        member.as(Kind.LOOKING);

        assertEquals("ro", ask("isro"));
        assertTrue(ask("srvr").contains("\nMode: read-only\n"), ask("srvr"));
        assertTrue(ask("mntr").contains("zk_server_state\tread-only\n"), ask("mntr"));
        assertTrue(ask("mntr").contains("zk_local_sessions\t1\n"), ask("mntr"));
    }

    @Test
    void conf_ends_in_the_membership_that_is_in_force() {
        var expected = """
            serverId=1
            electionPort=3888
            quorumPort=2888
            peerType=0
            membership:\s
            server.1=zoo1:2888:3888:participant;2181
            server.2=zoo2:2888:3888:participant;2181
            server.3=zoo3:2888:3888:participant;2181
            server.4=zoo4:2888:3888:observer;2181
            group.1=1:2
            group.2=3
            weight.2=2
            version=100000000
            """;

        assertTrue(ask("conf").endsWith(expected), ask("conf"));
    }

    private String ask(String word) {
        return member.answers(word);
    }
}
