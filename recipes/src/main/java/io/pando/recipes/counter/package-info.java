/** Numbers and small values that several processes change without losing a change. */
@NullMarked
package io.pando.recipes.counter;

import org.jspecify.annotations.NullMarked;
