/**
 * A znode, or a subtree, kept in sight: the latest state of every znode is told once, across connections and sessions, and it is said
 * where states in between were jumped over. {@code Follower} looks at what may have changed, {@code Picture} knows what was told.
 */
@NullMarked
package io.pando.client.follow;

import org.jspecify.annotations.NullMarked;
