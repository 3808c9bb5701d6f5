package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.BadVersionException;
import io.pando.datatree.Stat;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives a znode other data; the result is its stat right after. */
public final class SetData extends Write<Stat> {
    private final byte @Nullable [] data;
    private int version = -1;

    /**
     * The data to be set.
     *
     * @param data null is legal, and not the same as no bytes
     */
    public SetData(Caller caller, String path, byte @Nullable [] data) {
        super(caller, "setData", Caller.checked(path));
        this.data = data == null ? null : data.clone();
    }

    /** Only if the znode has just this version. */
    public SetData version(int expected) {
        this.version = expected;
        return this;
    }

    @Override
    WriteRequest request() {
        return new WriteRequest.SetData(caller().full(path()), data, version);
    }

    @Override
    Stat value(Outcome.Answered answer) {
        return answer.reply(Reply.OnlyStat.class).stat();
    }

    /**
     * While the znode that was there when the request was sent is still there, its version only grows. So the request was not carried
     * out if the version is not beyond the expected one, or if no data was set since. If it is one beyond and the data is another's,
     * the other was first. With the same data nobody can say who wrote it.
     */
    @Override
    CompletableFuture<Proof<Stat>> investigate(WriteRequest request, Outcome.Unknown unknown) {
        return new Evidence(caller()).data(caller().full(path())).thenApply(there -> {
            if (there.isEmpty()) {
                return Proof.none();
            }
            Stat stat = there.get().stat();
            if (stat.mzxid() <= unknown.zxidWhenSent()) {
                return Proof.ofAbsence();
            }
            if (version < 0 || stat.czxid() > unknown.zxidWhenSent()) {
                return Proof.none();
            }
            if (stat.version() <= version) {
                return Proof.ofAbsence();
            }
            boolean another =
                    stat.version() == version + 1 && !Arrays.equals(there.get().data(), data);
            return another ? Proof.ofRefusal(new BadVersionException(operation(), path())) : Proof.none();
        });
    }
}
