package io.pando.server.core;

import io.pando.server.watch.Publication;
import io.pando.zab.runtime.ZabNode;
import org.jspecify.annotations.Nullable;

/** What there is only once recovery has ended: the broadcast to speak to, and what clients read from. Core thread. */
final class Running {
    private @Nullable ZabNode node;
    private @Nullable Publication publication;

    void begin(ZabNode started, Publication shared) {
        node = started;
        publication = shared;
    }

    ZabNode node() {
        if (node == null) {
            throw recovering();
        }
        return node;
    }

    Publication publication() {
        if (publication == null) {
            throw recovering();
        }
        return publication;
    }

    /** The newest that clients may have seen. */
    long publishedZxid() {
        return publication().root().zxid();
    }

    private static IllegalStateException recovering() {
        return new IllegalStateException("Still recovering");
    }
}
