package io.pando.test.recipes.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.recipes.barrier.Barrier;
import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Relay;
import io.pando.test.recipes.faults.Entry.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An ensemble and the actors that use it. Tests disturb both, require that everybody gets on afterwards, and at the end have judged what
 * came of it.
 */
final class Play implements AutoCloseable {
    private static final int ACTORS = 3;
    private static final int PROGRESS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ROLES =
            List.of("lock", "read", "write", "semaphore", "latch", "selector", "barrier", "double", "work", "simple");

    private final Ensemble ensemble;
    private final Stage stage;
    private final List<Actor> actors = new ArrayList<>();
    private final Pando witness;
    private final Barrier barrier;
    private final Chronicle ofBarrier;

    private Play(Ensemble ensemble, String root) throws Exception {
        this.ensemble = ensemble;
        this.stage = Stage.under(root);
        this.witness = Pando.connect(ensemble.connectString())
                .backoff(Duration.ofMillis(20), Duration.ofMillis(300))
                .open();
        this.barrier = new Barrier(witness, stage.barrier());
        this.ofBarrier = new Chronicle(witness, stage.history("barrier"));
        for (String kind : Stage.kinds())
            witness.create(stage.history(kind)).makeParents().now();
        witness.create(stage.alive("nobody")).makeParents().now();
        for (int i = 0; i < ACTORS; i++) actors.add(new Actor("actor" + i, stage, ACTORS, ensemble.members()));
    }

    /** Returns when everybody plays. All that it writes lies below {@code root}, which is nobody else's. */
    static Play begin(Ensemble ensemble, String root) throws Exception {
        Play play = new Play(ensemble, root);
        try {
            for (Actor actor : play.actors) actor.launch();
            play.awaitProgress();
            return play;
        } catch (Exception | Error e) {
            play.close();
            throw e;
        }
    }

    Actor actor(int number) {
        return actors.get(number % actors.size());
    }

    List<Actor> actors() {
        return actors;
    }

    /** All links of clients are as good as ever. */
    void heal() {
        actors.forEach(actor -> actor.links().forEach(Relay::heal));
    }

    /** Lets one live again that was killed, once the servers know that it is dead. */
    void revive(Actor actor) throws Exception {
        String former = stage.alive(actor.who());
        Await.until(
                former + " is gone",
                PATIENCE,
                () -> witness.exists(former).now().isEmpty());
        actor.launch();
    }

    /** Everybody who lives and does not stand still gets on in every role that needs nobody else. */
    void awaitProgressOfThoseWhoPlay() {
        awaitProgress(actors.stream().filter(Actor::plays).toList(), without("double"));
    }

    /** All but one get on in every role that needs nobody else. */
    void awaitProgressOfOthersThan(Actor cut) {
        awaitProgress(actors.stream().filter(actor -> actor != cut).toList(), without("double"));
    }

    private static List<String> without(String missing) {
        return ROLES.stream().filter(role -> !role.equals(missing)).toList();
    }

    /** Everybody gets on in every role, and a barrier lets everybody through once it is removed. */
    void awaitProgress() throws InterruptedException {
        awaitProgress(actors, ROLES);
        barrier.set();
        if (!ofBarrier.add(What.SETS, "test")) throw new AssertionError("A lost connection in times of peace");
        awaitProgress(actors, without("barrier"));
        if (!ofBarrier.add(What.REMOVES, "test")) throw new AssertionError("A lost connection in times of peace");
        barrier.remove();
        awaitProgress(actors, List.of("barrier"));
    }

    private void awaitProgress(List<Actor> whose, List<String> roles) {
        Map<Actor, Map<String, Integer>> least = new HashMap<>();
        for (Actor actor : whose) {
            Map<String, Integer> ofActor = new HashMap<>();
            roles.forEach(role -> ofActor.put(role, actor.turns(role) + PROGRESS));
            least.put(actor, ofActor);
        }
        least.forEach((actor, ofActor) -> ofActor.forEach((role, enough) -> {
            if (!Await.happens(PATIENCE, () -> actor.turns(role) >= enough)) {
                requireNoFailures();
                throw new AssertionError(actor.who() + " does not get on as " + role + "\n" + describe());
            }
        }));
        requireNoFailures();
    }

    private void requireNoFailures() {
        List<String> failures =
                actors.stream().flatMap(actor -> actor.told("failed").stream()).toList();
        assertEquals(List.of(), failures);
    }

    private String describe() {
        return actors.stream().map(Actor::describe).collect(Collectors.joining("\n")) + "\n" + ensemble.describe();
    }

    /** Everybody ends, and all that they did is judged. */
    void judge() throws Exception {
        for (Actor actor : actors) actor.tellToEnd();
        for (Actor actor : actors) actor.awaitEnd();
        requireNoFailures();
        for (String line : stage.lines()) {
            Await.until(
                    "nothing is left in " + line, PATIENCE, () -> below(line).isEmpty());
        }
        assertEquals(List.of(), wrongs());
    }

    private List<String> below(String path) throws InterruptedException {
        try {
            return witness.getChildren(path).linearizable().now().names();
        } catch (NoNodeException gone) {
            return List.of();
        }
    }

    private List<String> wrongs() throws Exception {
        List<String> wrongs = new ArrayList<>();
        for (String kind : Stage.kinds()) {
            List<Entry> history = new Chronicle(witness, stage.history(kind)).read();
            List<String> ofKind = switch (kind) {
                case "semaphore" -> Judgement.ofLeases(history, Stage.LEASES);
                case "barrier" -> Judgement.ofBarrier(history);
                case "double" ->
                    Judgement.ofDoubleBarrier(
                            history, actors.stream().map(Actor::name).collect(Collectors.toSet()));
                default -> Judgement.ofLine(history);
            };
            ofKind.forEach(wrong -> wrongs.add(kind + ": " + wrong));
        }
        wrongs.addAll(new Accounts(actors, witness, stage).wrongs());
        return wrongs;
    }

    @Override
    public void close() {
        actors.forEach(Actor::close);
        witness.close();
    }
}
