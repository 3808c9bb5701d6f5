package io.pando.recipes.fencing;

import io.pando.client.Pando;
import io.pando.client.call.SetData;
import io.pando.recipes.line.Member;

/**
 * The wish that a holder release what it holds. It is written into the holder's znode, in Curator's words, and the holder does as it
 * likes: see {@link Held#onAskedToRelease}.
 */
public final class Revocation {
    static final String MESSAGE = "__REVOKE__";

    private Revocation() {}

    /**
     * Asks a holder, or one who will be.
     *
     * @param member as told by the participants of a recipe
     */
    public static SetData ask(Pando pando, Member member) {
        return pando.setData(member.path(), MESSAGE);
    }
}
