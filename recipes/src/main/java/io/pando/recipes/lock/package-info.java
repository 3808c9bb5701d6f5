/** A lock that one holds at a time. Guide: {@code docs/recipes/lock.md}. */
@NullMarked
package io.pando.recipes.lock;

import org.jspecify.annotations.NullMarked;
