package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that a path consists of, one after the other, on the way down a tree. Names are kept as bytes, so the path
 * becomes bytes once, and then all that is done with it is done with stretches of an array; where a name ends and what its
 * hash is comes out of one pass. The path may be any text: what can't be said in {@link Utf8} names no znode.
 */
final class PathNames {
    private final String path;
    private final byte[] utf8;
    // The name that it is at; before the first one, nothing.
    private int from;
    private int to;
    private int hash;
    private boolean hasQuestionMark;

    private PathNames(String path) {
        this.path = path;
        this.utf8 = path.getBytes(UTF_8);
        this.to = utf8.length == 1 ? 1 : 0;
    }

    /** Of text that is either empty or starts with a '/'. Nothing and the root have no names. */
    static PathNames of(String path) {
        return new PathNames(path);
    }

    /** Goes on to the next name, or returns false when there is none. */
    boolean next() {
        if (isLast()) {
            return false;
        }
        from = to + 1;
        int hashOfChars = 0;
        boolean questionMark = false;
        int at = from;
        while (at < utf8.length && utf8[at] != '/') {
            questionMark |= utf8[at] == '?';
            hashOfChars = Utf8.hashWith(hashOfChars, Utf8.charAt(utf8, at));
            at += Utf8.widthAt(utf8, at);
        }
        to = at;
        hash = Keyed.spread(hashOfChars);
        hasQuestionMark = questionMark;
        return true;
    }

    /** Whether no name follows. */
    boolean isLast() {
        return to == utf8.length;
    }

    /** The {@link Keyed#keyHash} of what has this name. */
    int hash() {
        return hash;
    }

    /** The child of {@code parent} that has this name. */
    @Nullable
    Znode childOf(Znode parent) {
        Znode child = parent.child(hash, utf8, from, to);
        // A surrogate without its other half has become a '?', which znodes may have in their names.
        return child != null && hasQuestionMark && Utf8.indexOfSurrogate(path) >= 0 ? null : child;
    }

    /** The znode that the rest of the names lead to, from {@code node} on. */
    @Nullable
    Znode descend(Znode node) {
        Znode found = node;
        while (found != null && next()) {
            found = childOf(found);
        }
        return found;
    }

    /** This name, for a znode to have, of a path without surrogates. */
    byte[] name() {
        return Arrays.copyOfRange(utf8, from, to);
    }

    /** The path up to this name, and with it. */
    String pathToHere() {
        return new String(utf8, 0, to, UTF_8);
    }
}
