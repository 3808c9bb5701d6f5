package io.pando.recipes.membership;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A group of processes that know of one another: an ephemeral for each member, below one znode, as Curator's {@code GroupMember} has it.
 *
 * <pre>{@code
 * var group = new Group(pando, "/workers");
 * try (Membership mine = group.join("w1", "10.0.0.1:9000".getBytes(UTF_8)); Members members = group.watch()) {
 *     members.listen(event -> ...);
 * }
 * }</pre>
 *
 * <p>Not a promise: that a member that is listed is alive. It is listed until its session ends, and a process that stands still is listed
 * for as long as that takes. Used by any thread.
 */
public final class Group {
    private final Pando pando;
    private final String path;

    /**
     * A group.
     *
     * @param path of its znode, made by the first member, and gone some time after the last
     */
    public Group(Pando pando, String path) {
        this.pando = pando;
        this.path = path;
    }

    /**
     * Joins, and stays a member across lost sessions until the membership is closed. What an earlier process of the same id has left
     * there, because its session has not yet ended, is replaced in one step; if that process still lives, it learns of it.
     *
     * @param id names the member, and is the name of its znode: no slash in it
     * @param data what others are to know, such as an address
     */
    public Membership join(String id, byte[] data) {
        if (id.isEmpty() || id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + id + "\" can't be the name of a znode");
        }
        return new Membership(
                id,
                PersistentNode.at(pando, ZnodePath.childOf(path, id))
                        .data(data)
                        .replacingOlder()
                        .open());
    }

    /** Who belongs to it now, in the order of joining; at least as new as everything that was known to anybody before this call. */
    public List<Member> members() throws InterruptedException {
        return Steps.now(this::members);
    }

    /** As {@link #members()}. */
    public CompletableFuture<List<Member>> membersAsync() {
        return Steps.async(this::members);
    }

    /** Follows who joins and who leaves. */
    public Members watch() {
        return new Members(pando, path);
    }

    private CompletableFuture<List<Member>> members(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getChildren(path).linearizable())
                        .thenCompose(children -> members(asker, children.names(), 0, new ArrayList<>())),
                absent -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletableFuture<List<Member>> members(Asker asker, List<String> ids, int from, List<Member> found) {
        if (from == ids.size()) {
            found.sort(Comparator.comparingLong(Member::sinceZxid));
            return CompletableFuture.completedFuture(List.copyOf(found));
        }
        String id = ids.get(from);
        CompletableFuture<Optional<Member>> member = Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(ZnodePath.childOf(path, id)))
                        .thenApply(read -> Optional.of(member(id, read.data(), read.stat()))),
                left -> CompletableFuture.completedFuture(Optional.empty()));
        return member.thenCompose(read -> {
            read.ifPresent(found::add);
            return members(asker, ids, from + 1, found);
        });
    }

    static Member member(String id, byte[] data, Stat stat) {
        return new Member(id, data, stat.czxid(), stat.ephemeralOwner());
    }

    @Override
    public String toString() {
        return "group " + path;
    }
}
