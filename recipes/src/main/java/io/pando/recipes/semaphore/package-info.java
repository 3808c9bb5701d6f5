/** A number of leases that so many hold at a time. Guide: {@code docs/recipes/semaphore.md}. */
@NullMarked
package io.pando.recipes.semaphore;

import org.jspecify.annotations.NullMarked;
