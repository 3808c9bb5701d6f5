/** Znodes that are kept in existence, across lost sessions and deletions, until their keeper lets them go. */
@NullMarked
package io.pando.recipes.persistent;

import org.jspecify.annotations.NullMarked;
