package io.pando.test.recipes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One line of a history, as it stands in the tree: who did what.
 *
 * @param what was done
 * @param number of the token; for what has no token, of the session
 * @param who did it: the actor, with the number of its life
 */
public record Entry(What what, long number, String who) {
    public enum What {
        /** Is in, where readers may be in as well. */
        SHARES,
        /** Is in, where nobody else may be. */
        HOLDS,
        /** Was in until now. */
        ENDS,
        /** Comes to a barrier. */
        COMES,
        /** Was let through. */
        PASSES,
        /** There is a barrier from now on. */
        SETS,
        /** From now on there may be none. */
        REMOVES
    }

    byte[] toBytes() {
        return (what + " " + number + " " + who).getBytes(UTF_8);
    }

    static Entry of(byte[] bytes) {
        String[] words = new String(bytes, UTF_8).split(" ", 3);
        return new Entry(What.valueOf(words[0]), Long.parseLong(words[1]), words[2]);
    }

    /** Who did it, in whichever life. */
    String actor() {
        int life = who.indexOf('.');
        return life < 0 ? who : who.substring(0, life);
    }
}
