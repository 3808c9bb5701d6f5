/**
 * The znode tree as an immutable value: {@link io.pando.datatree.Tree#apply} turns one tree and a {@link
 * io.pando.datatree.Txn} into the next tree, sharing all that did not change. Around it the words that the tree is made
 * of: stats, ACLs, create modes, owners, paths, error codes.
 *
 * <p>Nothing here knows a thread, a clock, a file or a socket: the same values serve a server, a client and a test.
 */
@NullMarked
package io.pando.datatree;

import org.jspecify.annotations.NullMarked;
