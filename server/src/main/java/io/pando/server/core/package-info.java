/**
 * The core thread and all it owns: preparation of writes, the speculative tree, sessions and their expiry, delivery.
 *
 * <p>The way of a write: {@code ClientConnection → Core → Preparation → Tree.apply → ZabNode → WritePath.deliver →
 * Publication → ClientConnection}.
 */
@NullMarked
package io.pando.server.core;

import org.jspecify.annotations.NullMarked;
