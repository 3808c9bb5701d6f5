package io.pando.client.follow;

import io.pando.client.error.PandoException;
import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;

/**
 * What happens to what is followed. Of each znode the events tell an ever newer state, and none twice. Of different znodes they come
 * in no particular order, but for parents, which are told before their children, and removals, which are told from below.
 */
public sealed interface FollowEvent {
    /**
     * A znode is there, or has new data.
     *
     * @param path as the client names it
     * @param data empty also where ZooKeeper has null
     * @param step from what was told of this znode before
     */
    @SuppressWarnings("ArrayRecordComponent") // Data is read, not compared.
    record Put(String path, byte[] data, Stat stat, Step step) implements FollowEvent {
        /** The data as UTF-8. */
        public String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /**
     * A znode is gone, or may not be read any more.
     *
     * @param stat the last that was told
     */
    record Removed(String path, Stat stat) implements FollowEvent {}

    /**
     * Everything that was there at {@code zxid} has been told, and so will be what follows, until {@link Stale}.
     *
     * @param zxid at least so new is what was told
     */
    record InSync(long zxid) implements FollowEvent {}

    /** The connection is lost: the tree may change without a word until the next {@link InSync}. */
    record Stale() implements FollowEvent {}

    /**
     * The last event: the client is closed; or the server does not know how to watch a subtree, as before ZooKeeper 3.6; or a list of
     * children is larger than the client takes.
     */
    record Ended(PandoException reason) implements FollowEvent {}

    /** How a state follows the one before. */
    enum Step {
        /** Nothing was known of the znode, or it had been removed. */
        NEW,

        /** The very next version of the same znode. */
        NEXT,

        /** There were versions in between that were not seen, or the znode was deleted and created again. */
        JUMPED
    }
}
