package io.pando.client.call;

import io.pando.datatree.ZnodePath;

/**
 * The znode that the client takes for the root.
 *
 * @param path as the server names it; {@code /} for the whole tree
 */
record Chroot(String path) {
    /** The server's name of what the client calls {@code below}. */
    String add(String below) {
        if (path.equals(ZnodePath.ROOT)) {
            return below;
        }
        return below.equals(ZnodePath.ROOT) ? path : path + below;
    }

    /** The client's name of what the server calls {@code full}. What is not below the chroot keeps its name. */
    String strip(String full) {
        if (path.equals(ZnodePath.ROOT) || !ZnodePath.isAtOrBelow(full, path)) {
            return full;
        }
        return full.length() == path.length() ? ZnodePath.ROOT : full.substring(path.length());
    }
}
