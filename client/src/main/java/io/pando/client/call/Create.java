package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Owner;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Creates a znode: persistent and without data, unless it is said otherwise. */
public final class Create extends Write<Created> {
    private static final String PROTECTED = "_c_";

    private byte @Nullable [] data = {};
    private CreateMode mode = CreateMode.PERSISTENT;
    private List<Acl> acl;
    private long ttlMs = WriteRequest.Create.NO_TTL;
    private @Nullable CreateMode parents;
    private boolean isProtected;

    /**
     * A znode to be created.
     *
     * @param path of the znode; of a sequential one the server appends ten digits to it, so that it may end in a slash
     */
    public Create(Caller caller, String path) {
        super(caller, "create", path);
        this.acl = caller.defaultAcl();
    }

    public Create data(byte[] bytes) {
        this.data = bytes.clone();
        return this;
    }

    /** Data as UTF-8. */
    public Create data(String text) {
        this.data = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Null for data, which reads back as null and is not the same as no bytes. */
    public Create nullData() {
        this.data = null;
        return this;
    }

    public Create mode(CreateMode kind) {
        this.mode = kind;
        return this;
    }

    /** Unless it is called, the client's default, which is open to everybody if nothing else was said. */
    public Create acl(List<Acl> entries) {
        this.acl = List.copyOf(entries);
        return this;
    }

    /**
     * Lets the server remove the znode when it had no children and was not changed for so long. Goes with the two modes that have a
     * time to live.
     *
     * @param time 1 ms to some 34 years
     */
    public Create ttl(Duration time) {
        long ms = time.toMillis();
        if (ms < 1 || ms > Owner.MAX_TTL_MS) {
            throw new IllegalArgumentException(
                    "A time to live of " + time + " is not in 1.." + Owner.MAX_TTL_MS + " ms");
        }
        this.ttlMs = ms;
        return this;
    }

    /**
     * Puts an id in front of the name, {@code _c_…-}, by which the znode is found again when the answer was lost: it is then created
     * exactly once, whatever happens to the connection. The name is the one that Curator gives to protected znodes, and so the order
     * of sequential ones is in their last ten digits.
     */
    public Create protect() {
        this.isProtected = true;
        return this;
    }

    /** Creates what is missing above it too, as persistent znodes with the same ACL. */
    public Create makeParents() {
        return makeParents(CreateMode.PERSISTENT);
    }

    /**
     * Creates what is missing above it too.
     *
     * @param kind {@code PERSISTENT} or {@code CONTAINER}, whose znodes go when their last child has gone
     */
    public Create makeParents(CreateMode kind) {
        if (kind != CreateMode.PERSISTENT && kind != CreateMode.CONTAINER) {
            throw new IllegalArgumentException("Parents are PERSISTENT or CONTAINER, not " + kind);
        }
        this.parents = kind;
        return this;
    }

    @Override
    WriteRequest.Create request() {
        Caller.checked(mode.isSequential() ? path() + "0" : path());
        if (mode.isTtl() == (ttlMs == WriteRequest.Create.NO_TTL)) {
            throw new IllegalStateException(
                    mode.isTtl() ? mode + " needs a ttl(…)" : "A ttl(…) needs a mode with one, not " + mode);
        }
        String name = isProtected ? PROTECTED + UUID.randomUUID() + "-" : "";
        String full = caller().full(ZnodePath.childOf(ZnodePath.parentOf(path()), name + ZnodePath.nameOf(path())));
        return new WriteRequest.Create(op(mode), full, data, List.copyOf(acl), mode.flag(), ttlMs);
    }

    static OpCode op(CreateMode mode) {
        if (mode.isContainer()) {
            return OpCode.CREATE_CONTAINER;
        }
        return mode.isTtl() ? OpCode.CREATE_TTL : OpCode.CREATE2;
    }

    @Override
    Created value(Outcome.Answered answer) {
        Reply.PathAndStat reply = answer.reply(Reply.PathAndStat.class);
        return created(reply.path(), reply.stat());
    }

    private Created created(String full, Stat stat) {
        return new Created(caller().stripped(full), stat);
    }

    @Override
    CompletableFuture<Created> start() {
        WriteRequest.Create request = request();
        long deadlineNanos = System.nanoTime() + caller().timeoutNanos();
        CreateMode kind = parents;
        CompletableFuture<Created> created = send(request, deadlineNanos);
        return kind == null
                ? created
                : new MissingParents(caller(), kind, acl).made(created, path(), () -> send(request, deadlineNanos));
    }

    @Override
    CompletableFuture<Proof<Created>> investigate(WriteRequest sent, Outcome.Unknown unknown) {
        WriteRequest.Create request = (WriteRequest.Create) sent;
        if (isProtected) {
            return findProtected(request);
        }
        return mode.isSequential() ? childrenUnchanged(request.path(), unknown) : findByPath(request, unknown);
    }

    /** Nobody else gives this name, so it is there if and only if the request was carried out; but for somebody who removed it since. */
    private CompletableFuture<Proof<Created>> findProtected(WriteRequest.Create request) {
        Evidence evidence = new Evidence(caller());
        String parent = ZnodePath.parentOf(request.path());
        String prefix = ZnodePath.nameOf(request.path());
        return evidence.children(parent).thenCompose(names -> {
            for (String name : names) {
                if (mode.isSequential() ? name.startsWith(prefix) : name.equals(prefix)) {
                    String found = ZnodePath.childOf(parent, name);
                    return evidence.stat(found)
                            .thenApply(stat -> stat.<Proof<Created>>map(there -> Proof.of(created(found, there)))
                                    .orElseGet(Proof::ofAbsence));
                }
            }
            return CompletableFuture.completedFuture(Proof.ofAbsence());
        });
    }

    /** Both looks are asked for at once: this client's own writes, sent again, may be what changes the parent next. */
    private CompletableFuture<Proof<Created>> findByPath(WriteRequest.Create request, Outcome.Unknown unknown) {
        Evidence evidence = new Evidence(caller());
        var itself = evidence.stat(request.path());
        var parent = evidence.stat(ZnodePath.parentOf(request.path()));
        return itself.thenCombine(parent, (there, above) -> {
            if (there.isEmpty()) {
                return unchangedSince(above, unknown) ? Proof.ofAbsence() : Proof.none();
            }
            Stat stat = there.get();
            if (stat.czxid() <= unknown.zxidWhenSent()) {
                return Proof.ofRefusal(new NodeExistsException(operation(), path()));
            }
            boolean ours = mode.isEphemeral() && stat.ephemeralOwner() == unknown.sessionId() && unknown.alone();
            return ours ? Proof.of(created(request.path(), stat)) : Proof.none();
        });
    }

    /** Whoever creates or deletes a child leaves a higher zxid at the parent. */
    private CompletableFuture<Proof<Created>> childrenUnchanged(String full, Outcome.Unknown unknown) {
        return new Evidence(caller())
                .stat(ZnodePath.parentOf(full))
                .thenApply(parent -> unchangedSince(parent, unknown) ? Proof.ofAbsence() : Proof.none());
    }

    private static boolean unchangedSince(Optional<Stat> parent, Outcome.Unknown unknown) {
        return parent.isPresent() && parent.get().pzxid() <= unknown.zxidWhenSent();
    }
}
