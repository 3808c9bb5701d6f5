/** Numbers that are given out once, a block at a time. */
@NullMarked
package io.pando.recipes.ids;

import org.jspecify.annotations.NullMarked;
