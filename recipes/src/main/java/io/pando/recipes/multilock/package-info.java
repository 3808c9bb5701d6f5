/** Several locks that are held all or none. Guide: {@code docs/recipes/multilock.md}. */
@NullMarked
package io.pando.recipes.multilock;

import org.jspecify.annotations.NullMarked;
