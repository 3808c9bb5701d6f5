package io.pando.test.recipes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.recipes.queue.Claim;
import io.pando.recipes.queue.SimpleQueue;
import io.pando.recipes.queue.WorkQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of the items of the queues, when nobody uses these any more: what is left is taken out and counted as well. */
final class Accounts {
    private final List<Actor> actors;
    private final Pando witness;
    private final Stage stage;
    private final List<String> wrongs = new ArrayList<>();

    Accounts(List<Actor> actors, Pando witness, Stage stage) {
        this.actors = actors;
        this.witness = witness;
        this.stage = stage;
    }

    List<String> wrongs() throws InterruptedException {
        requireWorkDone();
        requireTakenOnce();
        actors.forEach(this::requireOrder);
        return wrongs;
    }

    /**
     * No item is reported to be done twice. Each that was certainly put is reported to be done, or was begun by somebody who did not live
     * to tell.
     */
    private void requireWorkDone() throws InterruptedException {
        List<String> done = new ArrayList<>(all("work-done"));
        WorkQueue queue = new WorkQueue(witness, stage.work(), stage.claims());
        for (Optional<Claim> claim = queue.claim(); claim.isPresent(); claim = queue.claim()) {
            if (claim.get().done()) done.add(new String(claim.get().item(), UTF_8));
        }
        requireOnce("done", done);
        Set<String> lost = new HashSet<>(all("work-put"));
        done.forEach(lost::remove);
        all("work-begun").forEach(lost::remove);
        lost.forEach(item -> wrongs.add("work: " + item + " is lost"));
    }

    /** No item is taken twice. As many are missing, at most, as takers were not told what they took. */
    private void requireTakenOnce() throws InterruptedException {
        List<String> taken = new ArrayList<>(all("simple-taken"));
        SimpleQueue queue = new SimpleQueue(witness, stage.simple());
        for (Optional<byte[]> item = queue.poll(); item.isPresent(); item = queue.poll()) {
            taken.add(new String(item.get(), UTF_8));
        }
        requireOnce("taken", taken);
        Set<String> lost = new HashSet<>(all("simple-put"));
        taken.forEach(lost::remove);
        int untold = all("simple-begun").size() - all("simple-ended").size();
        if (lost.size() > untold) wrongs.add("simple: " + lost + " are lost, and " + untold + " may be");
    }

    private void requireOnce(String what, List<String> items) {
        Set<String> seen = new HashSet<>();
        for (String item : items) {
            if (!seen.add(item)) wrongs.add(item + " was " + what + " twice");
        }
    }

    /** Of the items of one maker whoever takes some takes the earlier ones first. */
    private void requireOrder(Actor actor) {
        Map<String, Integer> last = new HashMap<>();
        for (String item : actor.told("simple-taken")) {
            int colon = item.indexOf(':');
            int number = Integer.parseInt(item.substring(colon + 1));
            Integer before = last.put(item.substring(0, colon), number);
            if (before != null && before >= number) wrongs.add(actor.name() + " took " + item + " after " + before);
        }
    }

    private List<String> all(String what) {
        return actors.stream().flatMap(actor -> actor.told(what).stream()).toList();
    }
}
