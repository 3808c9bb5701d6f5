package io.pando.datatree;

import java.util.function.Consumer;

/**
 * A session as the replicated state knows it: enough to let its client come back to any server, and to find what dies
 * with it. Immutable, the array of {@link #password} included.
 */
public final class SessionState extends Keyed {
    private final long id;
    private final int timeoutMs;
    private final byte[] password;
    private final Trie<EphemeralPath> ephemerals;

    SessionState(long id, int timeoutMs, byte[] password, Trie<EphemeralPath> ephemerals) {
        this(keyOf(id), id, timeoutMs, password, ephemerals);
    }

    private SessionState(byte[] key, long id, int timeoutMs, byte[] password, Trie<EphemeralPath> ephemerals) {
        super(key);
        this.id = id;
        this.timeoutMs = timeoutMs;
        this.password = password;
        this.ephemerals = ephemerals;
    }

    public long id() {
        return id;
    }

    public int timeoutMs() {
        return timeoutMs;
    }

    public byte[] password() {
        return password;
    }

    public int ephemeralCount() {
        return ephemerals.size();
    }

    /** Visits the paths of its ephemerals, in no particular order. */
    public void forEachEphemeral(Consumer<String> action) {
        ephemerals.forEach(ephemeral -> action.accept(ephemeral.keyText()));
    }

    @Override
    public String toString() {
        return "SessionState[0x" + keyText() + ", " + timeoutMs + " ms, " + ephemerals.size() + " ephemerals]";
    }

    static byte[] keyOf(long id) {
        return Utf8.encode(Long.toHexString(id));
    }

    SessionState withEphemeral(String path) {
        return withEphemerals(ephemerals.adding(new EphemeralPath(path)));
    }

    SessionState withoutEphemeral(String path) {
        return withEphemerals(ephemerals.removing(new EphemeralPath(path)));
    }

    SessionState withEphemerals(Trie<EphemeralPath> newEphemerals) {
        return new SessionState(key(), id, timeoutMs, password, newEphemerals);
    }

    /** The path of an ephemeral, in a shape that a {@link Trie} can hold. */
    static final class EphemeralPath extends Keyed {
        EphemeralPath(String path) {
            super(Utf8.encode(path));
        }
    }
}
