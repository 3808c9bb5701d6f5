/** A lock that many hold to read, or one to write. Guide: {@code docs/recipes/readwrite.md}. */
@NullMarked
package io.pando.recipes.readwrite;

import org.jspecify.annotations.NullMarked;
