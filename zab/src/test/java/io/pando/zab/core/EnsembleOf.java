package io.pando.zab.core;

import io.pando.zab.message.Hello;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members, voters and servers for tests of single rules. */
final class EnsembleOf {

    private EnsembleOf() {}

    /** Participants with these ids. */
    static Membership members(long... ids) {
        List<Member> members = Arrays.stream(ids)
                .mapToObj(id -> new Member(id, "server" + id, 2888, 3888, Role.PARTICIPANT, 1, 0, "", Member.ANY_DATA))
                .toList();
        return new Membership(0, members);
    }

    /** Participants with these ids, and with the data directories that they are known by. */
    static Membership known(long... ids) {
        Membership known = members(ids);
        for (long id : ids) {
            known = known.withData(id, dataOf(id));
        }
        return known;
    }

    static UUID dataOf(long id) {
        return new UUID(7, id);
    }

    /** As server 1 sees them. */
    static Voters voters(long... ids) {
        Voters voters = new Voters(members(ids), 1, dataOf(1));
        for (long id : ids) {
            voters.seen(id, dataOf(id));
        }
        return voters;
    }

    /** Server 1 of three, with a promise and a history that ends at {@code last}, all of it committed. */
    static NodeState server(Promise promise, long last, boolean genesisByQuorum) {
        CoreConfig config = new CoreConfig(
                1,
                dataOf(1),
                members(1, 2, 3),
                genesisByQuorum,
                CoreConfig.Limits.USUAL,
                CoreConfig.Timing.LAN,
                CoreConfig.USUAL_LAST_COUNTER);
        UUID cluster = last == Zxid.NONE ? Hello.NO_CLUSTER : new UUID(5, 5);
        RecoveredState disk = new RecoveredState(promise, cluster, last, last, EpochTable.EMPTY, List.of(), null, null);
        return new NodeState(config, disk, new SplittableRandom(1), new Effects());
    }

    static Records record(long zxid, RecordType type, ByteBuffer payload) {
        return Records.of(zxid - 1, zxid, type, payload);
    }

    static Membership required(@Nullable Membership membership) {
        return Objects.requireNonNull(membership);
    }
}
