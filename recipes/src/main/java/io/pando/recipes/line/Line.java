package io.pando.recipes.line;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.datatree.ZnodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A line of sequential ephemerals below one znode, in the order of what follows the kind in their names. That is ten digits from the
 * server, which count all creations below the znode, so that the order is that of arrival; a name may have digits in front of these,
 * which put it right behind the one that has those. Immutable; used by any thread.
 */
public final class Line {
    private final Pando pando;
    private final String path;
    private final List<String> kinds;

    /**
     * A line.
     *
     * @param kinds what is in the names of those who stand in it, in front of the digits; other children are not looked at
     */
    public Line(Pando pando, String path, String... kinds) {
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw new IllegalArgumentException("\"" + path + "\": " + problem);
        }
        this.pando = pando;
        this.path = path;
        this.kinds = List.of(kinds);
    }

    public Pando pando() {
        return pando;
    }

    public String path() {
        return path;
    }

    String pathOf(String name) {
        return ZnodePath.childOf(path, name);
    }

    /**
     * Stands at the end of the line and waits for the turn. If the session is lost meanwhile, stands at its end again.
     *
     * @return the znode when the turn has come. When it is cancelled, or completed by a timeout, no znode stays behind
     */
    public CompletableFuture<OwnNode> join(String kind, byte[] data, Turn turn) {
        return new Waiting(this, kind, data, turn).start();
    }

    /** Names from the front on; empty too when there is no such znode. */
    public CompletableFuture<List<String>> names() {
        return pando.getChildren(path).async().handle((children, failure) -> {
            if (failure == null) {
                return children.names().stream()
                        .filter(name -> kindOf(name).isPresent())
                        .sorted(Comparator.comparing(this::orderOf))
                        .toList();
            }
            if (failure instanceof NoNodeException) {
                return List.of();
            }
            throw (RuntimeException) failure;
        });
    }

    /** Everybody from the front on, with what they say about themselves; without those who leave meanwhile. */
    public CompletableFuture<List<Member>> members() {
        return names().thenCompose(names -> {
            List<CompletableFuture<Optional<Member>>> members = new ArrayList<>();
            names.forEach(name -> members.add(member(pathOf(name))));
            return CompletableFuture.allOf(members.toArray(CompletableFuture[]::new))
                    .thenApply(all -> members.stream()
                            .flatMap(member -> member.join().stream())
                            .toList());
        });
    }

    private CompletableFuture<Optional<Member>> member(String memberPath) {
        return pando.getData(memberPath).async().handle((node, failure) -> {
            if (failure == null) {
                return Optional.of(new Member(memberPath, node.data()));
            }
            if (failure instanceof NoNodeException) {
                return Optional.empty();
            }
            throw (RuntimeException) failure;
        });
    }

    private Optional<String> kindOf(String name) {
        return kinds.stream().filter(name::contains).findFirst();
    }

    /** What follows the kind in a name of this line. */
    public String orderOf(String name) {
        String kind = kindOf(name).orElse("");
        return name.substring(name.lastIndexOf(kind) + kind.length());
    }
}
