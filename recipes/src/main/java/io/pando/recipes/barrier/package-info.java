/** A barrier that holds back all who come to it, until it is removed. Guide: {@code docs/recipes/barrier.md}. */
@NullMarked
package io.pando.recipes.barrier;

import org.jspecify.annotations.NullMarked;
