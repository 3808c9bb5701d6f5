package io.pando.server.request;

import static io.pando.server.request.Refusal.existing;
import static io.pando.server.request.Refusal.unless;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Perms;
import io.pando.datatree.SessionState;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import io.pando.server.auth.AccessControl;
import io.pando.session.MultiResult;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Answers reads from one tree. A path that breaks the rules for paths just does not exist.
 *
 * <p>Pure; runs on the event loops.
 */
public final class Reads {
    /** A request of a megabyte has room for 50,000 parts, each of which may ask for a megabyte; others of the event loop wait meanwhile. */
    static final int MOST_BYTES_READ_AT_ONCE = 4 << 20;

    private final AccessControl access;

    public Reads(AccessControl access) {
        this.access = access;
    }

    /** The answer to {@code request}, or the first rule that it breaks. */
    public Reply answer(Tree tree, Requester requester, ReadRequest request) throws Refusal {
        return switch (request) {
            case ReadRequest.GetData get -> getData(tree, requester, get.path());
            case ReadRequest.Exists exists -> exists(tree, requester, exists.path());
            case ReadRequest.GetChildren get -> new Reply.Children(readable(tree, requester, get.path()), false);
            case ReadRequest.GetChildren2 get -> new Reply.Children(readable(tree, requester, get.path()), true);
            case ReadRequest.GetAcl get -> getAcl(tree, requester, get.path());
            case ReadRequest.GetEphemerals get -> getEphemerals(tree, requester, get.prefix());
            case ReadRequest.GetAllChildrenNumber get ->
                new Reply.Count(
                        Math.toIntExact(readable(tree, requester, get.path()).descendants()));
            case ReadRequest.MultiRead multi -> multiRead(tree, requester, multi);
        };
    }

    private Reply getData(Tree tree, Requester requester, String path) throws Refusal {
        Znode node = readable(tree, requester, path);
        return new Reply.DataAndStat(node.data(), node.stat());
    }

    private Reply exists(Tree tree, Requester requester, String path) throws Refusal {
        unless(path.indexOf('\0') < 0, ErrorCode.BAD_ARGUMENTS);
        return new Reply.OnlyStat(readable(tree, requester, path).stat());
    }

    private Reply getAcl(Tree tree, Requester requester, String path) throws Refusal {
        Znode node = existing(tree.find(path));
        unless(access.allows(requester.identities(), node.acl(), Perms.READ | Perms.ADMIN), ErrorCode.NO_AUTH);
        return new Reply.AclAndStat(access.masked(node.acl(), requester.identities()), node.stat());
    }

    private static Reply getEphemerals(Tree tree, Requester requester, String prefix) {
        List<String> paths = new ArrayList<>();
        SessionState session = tree.session(requester.sessionId());
        if (session != null) {
            boolean all = prefix.isBlank();
            session.forEachEphemeral(path -> {
                if (all || path.startsWith(prefix)) {
                    paths.add(path);
                }
            });
        }
        return new Reply.Names(paths);
    }

    /** Each part has its own outcome; all see the same tree. What is too much for one reply is not read. */
    private Reply multiRead(Tree tree, Requester requester, ReadRequest.MultiRead multi) {
        List<MultiResult> results = new ArrayList<>(multi.parts().size());
        long read = 0;
        for (ReadRequest.Part part : multi.parts()) {
            try {
                unless(read <= MOST_BYTES_READ_AT_ONCE, ErrorCode.RUNTIME_INCONSISTENCY);
                Reply reply = answer(tree, requester, part);
                results.add(MultiResult.of(part.op(), reply));
                read += bytesOf(reply);
            } catch (Refusal refusal) {
                results.add(MultiResult.failed(refusal.code().code()));
            }
        }
        return new Reply.Results(results);
    }

    private static long bytesOf(Reply reply) {
        if (reply instanceof Reply.DataAndStat get) {
            return get.data() == null ? 0 : get.data().length;
        }
        return reply instanceof Reply.Children get ? bytesOfNames(get.parent()) : 0;
    }

    private static long bytesOfNames(Znode parent) {
        long bytes = 0;
        for (Iterator<Znode> children = parent.children(); children.hasNext(); ) {
            bytes += children.next().nameLengthBytes();
        }
        return bytes;
    }

    private Znode readable(Tree tree, Requester requester, String path) throws Refusal {
        Znode node = existing(tree.find(path));
        unless(access.allows(requester.identities(), node.acl(), Perms.READ), ErrorCode.NO_AUTH);
        return node;
    }
}
