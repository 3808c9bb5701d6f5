package io.pando.datatree;

import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A session as the replicated state knows it: enough to let its client come back to any server, and to find what dies
 * with it. Immutable; found by its id, in hexadecimal digits.
 */
public final class SessionState extends Keyed {
    private final int timeoutMs;
    private final Password password;
    private final Trie<EphemeralPath> ephemerals;

    SessionState(long id, int timeoutMs, Password password, Trie<EphemeralPath> ephemerals) {
        this(keyOf(id), timeoutMs, password, ephemerals);
    }

    private SessionState(byte[] key, int timeoutMs, Password password, Trie<EphemeralPath> ephemerals) {
        super(key);
        this.timeoutMs = timeoutMs;
        this.password = password;
        this.ephemerals = ephemerals;
    }

    public long id() {
        return HexFormat.fromHexDigitsToLong(keyText());
    }

    public int timeoutMs() {
        return timeoutMs;
    }

    public Password password() {
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

    /** What {@link Long#toHexString} says, without a String in between: each write asks for its session. */
    static byte[] keyOf(long id) {
        byte[] digits = new byte[Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(id) + 3) / 4)];
        long rest = id;
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = (byte) Character.forDigit((int) rest & 0xf, 16);
            rest >>>= 4;
        }
        return digits;
    }

    SessionState withEphemeral(String path) {
        return withEphemerals(ephemerals.adding(new EphemeralPath(path)));
    }

    SessionState withoutEphemeral(String path) {
        return withEphemerals(ephemerals.removing(new EphemeralPath(path)));
    }

    SessionState withEphemerals(Trie<EphemeralPath> newEphemerals) {
        return new SessionState(key(), timeoutMs, password, newEphemerals);
    }

    /** The path of an ephemeral, in a shape that a {@link Trie} can hold. */
    static final class EphemeralPath extends Keyed {
        EphemeralPath(String path) {
            super(Utf8.encode(path));
        }
    }
}
