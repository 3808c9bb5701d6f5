package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.datatree.Acl;
import io.pando.datatree.Stat;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives a znode another access control list; the result is its stat right after. */
public final class SetAcl extends Write<Stat> {
    private final List<Acl> acl;
    private int version = -1;

    public SetAcl(Caller caller, String path, List<Acl> acl) {
        super(caller, "setACL", Caller.checked(path));
        this.acl = List.copyOf(acl);
    }

    /** Only if the list was changed just so many times: {@code aversion}, not {@code version}. */
    public SetAcl version(int expected) {
        this.version = expected;
        return this;
    }

    @Override
    WriteRequest request() {
        return new WriteRequest.SetAcl(caller().full(path()), List.copyOf(acl), version);
    }

    @Override
    Stat value(Outcome.Answered answer) {
        return answer.reply(Reply.OnlyStat.class).stat();
    }

    /** No zxid tells when a list was changed; only while a znode lasts does the count of changes that was expected prove that it was not. */
    @Override
    CompletableFuture<Proof<Stat>> investigate(WriteRequest request, Outcome.Unknown unknown) {
        return new Evidence(caller()).stat(caller().full(path())).thenApply(there -> {
            boolean same = there.isPresent() && there.get().czxid() <= unknown.zxidWhenSent();
            return same && version >= 0 && there.get().aversion() <= version ? Proof.ofAbsence() : Proof.none();
        });
    }
}
