/** Items that wait in the tree until somebody takes them: at most once, or under a claim. */
@NullMarked
package io.pando.recipes.queue;

import org.jspecify.annotations.NullMarked;
