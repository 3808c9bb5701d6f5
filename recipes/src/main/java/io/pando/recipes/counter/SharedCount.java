package io.pando.recipes.counter;

import io.pando.client.Pando;
import io.pando.client.watch.Handle;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A {@link SharedValue} that is a 32-bit number: a limit, say, that all obey and an operator changes. Four bytes, the highest first,
 * as Curator's {@code SharedCount} has it. Used by any thread.
 */
public final class SharedCount {
    private final SharedValue value;

    /**
     * A count.
     *
     * @param initial what it is made with when there is none yet
     */
    public SharedCount(Pando pando, String path, int initial) {
        this.value = new SharedValue(pando, path, bytes(initial));
    }

    /** The number, at least as new as everything that was known to anybody before this call. */
    public Count get() throws InterruptedException {
        return count(value.get());
    }

    /** As {@link #get}. */
    public CompletableFuture<Count> getAsync() {
        return value.getAsync().thenApply(SharedCount::count);
    }

    /** Sets the number, whatever it is. */
    public Count set(int number) throws InterruptedException {
        return count(value.set(bytes(number)));
    }

    /** As {@link #set(int)}. */
    public CompletableFuture<Count> setAsync(int number) {
        return value.setAsync(bytes(number)).thenApply(SharedCount::count);
    }

    /** Sets the number if nobody has set it since it was seen; empty if somebody has. */
    public Optional<Count> trySet(Count seen, int number) throws InterruptedException {
        return value.trySet(seen.value, bytes(number)).map(SharedCount::count);
    }

    /** As {@link #trySet(Count, int)}. */
    public CompletableFuture<Optional<Count>> trySetAsync(Count seen, int number) {
        return value.trySetAsync(seen.value, bytes(number)).thenApply(set -> set.map(SharedCount::count));
    }

    /** See {@link SharedValue#listen}. */
    public Handle listen(Consumer<Count> listener) {
        return value.listen(latest -> listener.accept(count(latest)));
    }

    private static Count count(VersionedValue value) {
        if (value.data().length != Integer.BYTES) {
            throw new IllegalStateException("A count has 4 bytes, not " + value.data().length);
        }
        return new Count(ByteBuffer.wrap(value.data()).getInt(), value);
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    @Override
    public String toString() {
        return value.toString();
    }

    /**
     * A number and which one it is.
     *
     * @param value as it is in the tree
     */
    public record Count(int number, VersionedValue value) {}
}
