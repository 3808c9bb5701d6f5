package io.pando.recipes.leader;

import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.Member;
import io.pando.recipes.line.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How one stands for election at a path. Immutable. */
record Candidacy(Line line, String kind, String id, Trust trust) {
    /** Stands at the end of the line. The leadership that comes of it ends also when its znode is deleted. */
    CompletableFuture<Held> stand() {
        return Held.onArrival(
                line.join(kind, id.getBytes(StandardCharsets.UTF_8), Turn.ONE_BY_ONE),
                node -> Held.of(line.pando(), node, trust).watched());
    }

    CompletableFuture<List<Participant>> participants() {
        return line.members().thenApply(members -> {
            List<Participant> participants = new ArrayList<>();
            for (Member member : members) {
                participants.add(new Participant(member.text(), participants.isEmpty(), member.path()));
            }
            return List.copyOf(participants);
        });
    }
}
