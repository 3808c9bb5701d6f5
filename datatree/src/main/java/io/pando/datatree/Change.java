package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * One thing that applying a txn did to one znode; replies and watch events are made of these.
 *
 * @param node the znode after the change, or before it where it was deleted
 * @param parent the parent after the creation or deletion of {@code node}; null for changes of data and ACL, which leave
 *     the parent alone
 */
public record Change(
        Kind kind, String path, Znode node, @Nullable Znode parent) {
    public enum Kind {
        CREATED,
        DELETED,
        DATA_CHANGED,
        ACL_CHANGED
    }
}
