package io.pando.recipes.config;

import io.pando.client.Pando;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.datatree.Stat;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a generation, lets the version node point to it, and removes what is old by then. */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** So that somebody who is slow to read one, or wants to go back, finds it. */
    private static final int KEPT = 5;

    private final Pando pando;
    private final String path;
    private final String pointer;
    private final Generations generations;

    Publisher(Pando pando, String path, String pointer, Generations generations) {
        this.pando = pando;
        this.path = path;
        this.pointer = pointer;
        this.generations = generations;
    }

    Configuration publish(Configuration base, Map<String, String> texts) throws InterruptedException {
        return Steps.now(asker -> publish(asker, base, texts));
    }

    CompletableFuture<Configuration> publishAsync(Configuration base, Map<String, String> texts) {
        return Steps.async(asker -> publish(asker, base, texts));
    }

    private CompletableFuture<Configuration> publish(Asker asker, Configuration base, Map<String, String> texts) {
        return generations
                .write(asker, texts)
                .thenCompose(generation -> switchTo(asker, base, generation)
                        .thenCompose(pointer -> removeOld(asker, generation)
                                .thenApply(done ->
                                        new Configuration(generation, pointer.version(), pointer.mzxid(), texts))));
    }

    /** The one moment in which everybody is switched; says the stat of the pointer right after. */
    private CompletableFuture<Stat> switchTo(Asker asker, Configuration base, String generation) {
        CompletableFuture<Stat> switched = base.version() == Configuration.ABSENT
                ? asker.ask(pando.create(pointer).data(generation)).thenApply(created -> created.stat())
                : asker.ask(pando.setData(pointer, generation).version(base.version()));
        switched = Steps.orIf(NodeExistsException.class, switched, first -> conflict(base));
        switched = Steps.orIf(BadVersionException.class, switched, newer -> conflict(base));
        switched = Steps.orIf(NoNodeException.class, switched, removed -> conflict(base));
        return Steps.orIf(UnknownOutcomeException.class, switched, unknown -> look(asker, generation, unknown));
    }

    /** Nobody else lets the pointer point to this generation. */
    private CompletableFuture<Stat> look(Asker asker, String generation, Throwable unknown) {
        return asker.ask(pando.getData(pointer).linearizable())
                .thenCompose(now -> now.text().equals(generation)
                        ? CompletableFuture.completedFuture(now.stat())
                        : CompletableFuture.failedFuture(unknown));
    }

    private <T> CompletableFuture<T> conflict(Configuration base) {
        return CompletableFuture.failedFuture(new ConfigConflictException(path, base.generation()));
    }

    /** It is published whether this succeeds or not; what is left goes with the next. */
    private CompletableFuture<Boolean> removeOld(Asker asker, String generation) {
        return generations.removeOld(asker, generation, KEPT).exceptionally(failure -> {
            LOG.warn(
                    "Old generations of {} are left for now: {}",
                    path,
                    Steps.cause(failure).getMessage());
            return false;
        });
    }
}
