/** How recipes that ask several things one after another get a blocking and an asynchronous form out of one description. */
@NullMarked
package io.pando.recipes.steps;

import org.jspecify.annotations.NullMarked;
