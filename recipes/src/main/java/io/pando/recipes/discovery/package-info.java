/** Which instances of a service there are, and which one to call next. */
@NullMarked
package io.pando.recipes.discovery;

import org.jspecify.annotations.NullMarked;
