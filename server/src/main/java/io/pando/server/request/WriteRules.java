package io.pando.server.request;

import static io.pando.server.request.Refusal.existing;
import static io.pando.server.request.Refusal.unless;

import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Owner;
import io.pando.datatree.Perms;
import io.pando.datatree.Place;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import io.pando.datatree.ZnodePath;
import io.pando.server.auth.AccessControl;
import io.pando.server.auth.InvalidAclException;
import io.pando.session.OpCode;
import io.pando.session.WriteRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of each write, in the order in which clients can tell them apart ({@code wire-protocol.md} section 10).
 *
 * <p>Each method answers with the transaction that carries the request out, or throws the first rule that is broken. Pure.
 */
public final class WriteRules {
    private static final int ANY_VERSION = -1;
    private static final long MAX_TTL_MS = (1L << 40) - 1;
    private static final Set<String> UNDELETABLE = Set.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config");

    private final AccessControl access;
    private final QuotaRules quotas;
    private final boolean ttlAllowed;
    private final boolean reconfigAllowed;

    public WriteRules(AccessControl access, QuotaRules quotas, boolean ttlAllowed, boolean reconfigAllowed) {
        this.access = access;
        this.quotas = quotas;
        this.ttlAllowed = ttlAllowed;
        this.reconfigAllowed = reconfigAllowed;
    }

    /**
     * Decides one operation.
     *
     * @param inMulti a multi goes by the create flag where a single request goes by its opcode
     */
    Decision decide(Tree tree, Requester requester, WriteRequest request, boolean inMulti) throws Refusal {
        return switch (request) {
            case WriteRequest.Create create -> create(tree, requester, create, inMulti);
            case WriteRequest.Delete delete -> delete(tree, requester, delete);
            case WriteRequest.SetData set -> setData(tree, requester, set);
            case WriteRequest.SetAcl set -> setAcl(tree, requester, set);
            case WriteRequest.Check check -> check(tree, requester, check);
            case WriteRequest.Reconfig reconfig ->
                throw new Refusal(reconfigAllowed ? ErrorCode.UNIMPLEMENTED : ErrorCode.RECONFIG_DISABLED);
            default -> throw new IllegalStateException("Not a write: " + request);
        };
    }

    private Decision create(Tree tree, Requester requester, WriteRequest.Create request, boolean inMulti)
            throws Refusal {
        CreateMode mode = modeOf(request);
        unless(!mode.isTtl() || ttlAllowed, ErrorCode.UNIMPLEMENTED);
        unless(ttlFits(request, mode), ErrorCode.BAD_ARGUMENTS);
        requireSlash(request.path());
        List<Acl> acl = effectiveAcl(request.acl(), requester);
        String path = mode.isSequential() ? sequentialPath(tree, request.path()) : request.path();
        boolean valid = ZnodePath.isValid(path);
        Place place = tree.place(path);
        // That the parent is missing is said before that the path is none; and the parent of "//a" is the root.
        Znode parent = existing(valid ? place.parent() : tree.find(ZnodePath.parentOf(path)));
        allow(requester, parent, Perms.CREATE);
        unless(valid, ErrorCode.BAD_ARGUMENTS);
        unless(place.znode() == null, ErrorCode.NODE_EXISTS);
        unless(!Owner.isEphemeral(parent.owner()), ErrorCode.NO_CHILDREN_FOR_EPHEMERALS);
        quotas.checkCreate(tree, path, length(request.data()));
        return new Decision(
                new Txn.Create(path, request.data(), acl, ownerOf(request, mode, requester, inMulti)), place);
    }

    private static CreateMode modeOf(WriteRequest.Create request) throws Refusal {
        CreateMode mode = CreateMode.ofFlag(request.flags());
        if (mode == null) {
            throw new Refusal(ErrorCode.BAD_ARGUMENTS);
        }
        return mode;
    }

    /** Only createTTL carries a TTL, and only with a TTL mode: any other pair could be logged but never carried out. */
    private static boolean ttlFits(WriteRequest.Create request, CreateMode mode) {
        if (request.op() == OpCode.CREATE_TTL) {
            return mode.isTtl() && request.ttl() >= 1 && request.ttl() <= MAX_TTL_MS;
        }
        return !mode.isTtl();
    }

    /** Counts on past 2³¹, as ten digits still; order and uniqueness hold up to 2³² creations under one parent. */
    private static String sequentialPath(Tree tree, String prefix) throws Refusal {
        Znode parent = existing(tree.find(ZnodePath.parentOf(prefix)));
        String digits = Integer.toUnsignedString(parent.creations());
        return prefix + "0".repeat(10 - digits.length()) + digits;
    }

    private static long ownerOf(WriteRequest.Create request, CreateMode mode, Requester requester, boolean inMulti) {
        if (request.op() == OpCode.CREATE_CONTAINER || (inMulti && mode.isContainer())) {
            return Owner.CONTAINER;
        }
        if (mode.isTtl()) {
            return Owner.ttl(request.ttl());
        }
        return mode.isEphemeral() ? requester.sessionId() : Owner.PERSISTENT;
    }

    private Decision delete(Tree tree, Requester requester, WriteRequest.Delete request) throws Refusal {
        requireSlash(request.path());
        unless(!UNDELETABLE.contains(request.path()), ErrorCode.BAD_ARGUMENTS);
        Place place = tree.place(request.path());
        allow(requester, existing(place.parent()), Perms.DELETE);
        Znode node = existing(place.znode());
        matchVersion(request.version(), node.version());
        unless(node.childCount() == 0, ErrorCode.NOT_EMPTY);
        return new Decision(new Txn.Delete(request.path()), place);
    }

    private Decision setData(Tree tree, Requester requester, WriteRequest.SetData request) throws Refusal {
        unless(ZnodePath.isValid(request.path()), ErrorCode.BAD_ARGUMENTS);
        Place place = tree.place(request.path());
        Znode node = existing(place.znode());
        allow(requester, node, Perms.WRITE);
        quotas.checkSetData(tree, request.path(), length(request.data()) - (long) node.dataLength());
        matchVersion(request.version(), node.version());
        return new Decision(new Txn.SetData(request.path(), request.data(), nextVersion(node.version())), place);
    }

    private Decision setAcl(Tree tree, Requester requester, WriteRequest.SetAcl request) throws Refusal {
        unless(ZnodePath.isValid(request.path()), ErrorCode.BAD_ARGUMENTS);
        List<Acl> acl = effectiveAcl(request.acl(), requester);
        Place place = tree.place(request.path());
        Znode node = existing(place.znode());
        allow(requester, node, Perms.ADMIN);
        matchVersion(request.version(), node.aversion());
        return new Decision(new Txn.SetAcl(request.path(), acl, nextVersion(node.aversion())), place);
    }

    private Decision check(Tree tree, Requester requester, WriteRequest.Check request) throws Refusal {
        unless(ZnodePath.isValid(request.path()), ErrorCode.BAD_ARGUMENTS);
        Place place = tree.place(request.path());
        Znode node = existing(place.znode());
        allow(requester, node, Perms.READ);
        matchVersion(request.version(), node.version());
        return new Decision(new Txn.Check(request.path()), place);
    }

    /** All that create and delete ask of a path's form at first: that it has a parent to look for. */
    private static void requireSlash(String path) throws Refusal {
        unless(path.indexOf('/') >= 0 && path.indexOf('\0') < 0, ErrorCode.BAD_ARGUMENTS);
    }

    private void allow(Requester requester, Znode node, int permission) throws Refusal {
        unless(access.allows(requester.identities(), node.acl(), permission), ErrorCode.NO_AUTH);
    }

    private List<Acl> effectiveAcl(@Nullable List<@Nullable Acl> requested, Requester requester) throws Refusal {
        try {
            return access.effectiveAcl(requested, requester.identities());
        } catch (InvalidAclException e) {
            throw new Refusal(ErrorCode.INVALID_ACL);
        }
    }

    private static void matchVersion(int expected, int actual) throws Refusal {
        unless(expected == ANY_VERSION || expected == actual, ErrorCode.BAD_VERSION);
    }

    /** Versions wrap, and skip the one that would mean "any". */
    private static int nextVersion(int version) {
        return version + 1 == ANY_VERSION ? 0 : version + 1;
    }

    private static int length(byte @Nullable [] data) {
        return data == null ? 0 : data.length;
    }
}
