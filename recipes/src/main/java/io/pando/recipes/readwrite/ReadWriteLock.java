package io.pando.recipes.readwrite;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.Member;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A lock that many hold to read, or one to write, among all processes that use the same path; also those that use Curator's {@code
 * InterProcessReadWriteLock} there. Fair: who asks first is served first, and readers who come after a waiting writer wait behind it.
 *
 * <pre>{@code
 * var lock = new ReadWriteLock(pando, "/locks/catalogue");
 * try (Held reading = lock.read().acquire()) { … }
 * try (Held writing = lock.write().acquire()) { … }
 * }</pre>
 *
 * <p>Re-entrant in the blocking forms, as {@link io.pando.recipes.lock.Lock}. Who holds it to write may go on reading without letting
 * another writer in between: a thread asks for {@link #read} while it holds {@link #write}, or anybody {@linkplain #downgrade
 * downgrades}. The other way is not possible, for two readers who want it would wait for each other: a thread that reads and asks to
 * write is refused.
 *
 * <p>Used by any thread. What it can't promise: see {@link io.pando.recipes.fencing}.
 */
public final class ReadWriteLock {
    private final Line line;
    private final ReadLock read;
    private final WriteLock write;

    public ReadWriteLock(Pando pando, String path) {
        this(pando, path, "");
    }

    /**
     * A lock.
     *
     * @param whoIAm is what {@link #participants} tells others about this one
     */
    public ReadWriteLock(Pando pando, String path, String whoIAm) {
        byte[] data = whoIAm.getBytes(StandardCharsets.UTF_8);
        this.line = new Line(pando, path, Kinds.READ, Kinds.WRITE);
        this.write = new WriteLock(line, data);
        this.read = new ReadLock(line, data, write);
        write.refuseThoseWhoRead(read);
    }

    /** To be held together with others who read. */
    public Acquirable read() {
        return read;
    }

    /** To be held alone. */
    public Acquirable write() {
        return write;
    }

    /**
     * Goes on reading where one writes: no writer comes in between, and others may read as soon as what is held to write is released,
     * which the caller does.
     *
     * @param writing what is held, by this lock or another one at the same path of the same client
     * @return held at once, with the same number in its token; fails with an {@link IllegalStateException} if {@code writing} is over
     */
    public CompletableFuture<Held> downgrade(Held writing) {
        return read.downgrade(writing);
    }

    /** Everybody in the order in which they are served: those who hold it first. {@link #isWriter} tells writers from readers. */
    public CompletableFuture<List<Member>> participants() {
        return line.members();
    }

    /** Whether a participant wants to write, or writes. */
    public static boolean isWriter(Member participant) {
        return participant.name().contains(Kinds.WRITE);
    }

    @Override
    public String toString() {
        return "the read-write lock at " + line.path();
    }
}
