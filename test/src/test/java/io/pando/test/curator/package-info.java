/** Curator's recipes, unmodified, with several clients that want the same at once. */
@NullMarked
package io.pando.test.curator;

import org.jspecify.annotations.NullMarked;
