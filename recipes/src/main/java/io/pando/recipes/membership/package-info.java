/** Who belongs to a group right now. */
@NullMarked
package io.pando.recipes.membership;

import org.jspecify.annotations.NullMarked;
