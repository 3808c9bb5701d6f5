/** A barrier that lets a number of members begin together and end together. Guide: {@code docs/recipes/doublebarrier.md}. */
@NullMarked
package io.pando.recipes.doublebarrier;

import org.jspecify.annotations.NullMarked;
