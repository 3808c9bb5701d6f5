package io.pando.recipes.steps;

import io.pando.client.call.Call;
import java.util.concurrent.CompletableFuture;

/** How a recipe asks the server: by waiting on its caller's thread, or by going on when the answer comes. */
@FunctionalInterface
public interface Asker {
    /** The answer; of a waiting asker it is there, or has failed, when this returns. */
    <T> CompletableFuture<T> ask(Call<T> call);
}
