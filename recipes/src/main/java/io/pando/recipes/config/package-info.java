/** Typed settings below one znode, switched as a whole. */
@NullMarked
package io.pando.recipes.config;

import org.jspecify.annotations.NullMarked;
