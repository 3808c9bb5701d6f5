/** Pictures of a znode or a subtree that are kept up to date, say how current they are, and tell listeners of every latest state. */
@NullMarked
package io.pando.recipes.cache;

import org.jspecify.annotations.NullMarked;
