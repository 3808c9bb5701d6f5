package io.pando.zab.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.message.Message;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Vote;
import io.pando.zab.model.Zxid;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a server learns of a change of the members that it has in its history, from one that knows it to be committed. */
class HearsayTest {
    private static final UUID CLUSTER = new UUID(5, 5);
    private static final long BEFORE = Zxid.of(3, 10);
    private static final long CHANGE = Zxid.of(3, 11);
    private static final Membership ONLY_ONE = EnsembleOf.known(1);
    private static final Link LINK = new Link(2, 1);

    private final ZabCore server = new ZabCore(
            new CoreConfig(
                    1,
                    EnsembleOf.dataOf(1),
                    EnsembleOf.members(1, 2),
                    false,
                    CoreConfig.Limits.USUAL,
                    CoreConfig.Timing.LAN,
                    CoreConfig.USUAL_LAST_COUNTER),
            new RecoveredState(
                    Promise.NONE,
                    CLUSTER,
                    CHANGE,
                    BEFORE,
                    EpochTable.EMPTY,
                    List.of(Records.of(BEFORE, CHANGE, RecordType.CONFIG, MembershipRecords.payload(ONLY_ONE))),
                    EnsembleOf.known(1, 2).withVersion(Zxid.of(3, 1)),
                    null),
            new SplittableRandom(1),
            new Effects());

    HearsayTest() {
        server.step(new Event.Start(), 0);
        Hello hello =
                new Hello(CLUSTER, 2, EnsembleOf.dataOf(2), 1, FrameLimits.DEFAULT.recordBytes(), ListedMembers.NONE);
        server.step(new Event.LinkUp(LINK, hello), 0);
    }

    /** Else it would need the voice of a server that votes no more, and has a longer history: nobody could lead. */
    @Test
    void a_change_is_committed_that_another_server_knows_to_be() {
        assertNotNull(server.view().pending());

        hear(ONLY_ONE.withVersion(CHANGE));

        assertNull(server.view().pending());
        assertEquals(CHANGE, server.view().membership().version());
        assertEquals(CHANGE, server.view().commitZxid());
    }

    @Test
    void of_another_change_nothing_follows() {
        hear(ONLY_ONE.withVersion(Zxid.of(3, 12)));
        hear(EnsembleOf.known(1, 2).withVersion(Zxid.of(3, 1)));

        assertNotNull(server.view().pending());
        assertEquals(BEFORE, server.view().commitZxid());
    }

    private void hear(Membership membership) {
        var notification = new Message.Notification(
                Message.State.LOOKING, 1, new Vote(Zxid.of(3, 14), 2), -1, 0, false, membership);
        server.step(new Event.Received(LINK, notification), 0);
    }
}
