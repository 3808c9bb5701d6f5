/** A queue whose more urgent items go first. */
@NullMarked
package io.pando.recipes.priorityqueue;

import org.jspecify.annotations.NullMarked;
