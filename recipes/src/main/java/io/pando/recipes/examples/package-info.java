/** Recipes at work, a page each. Every example is a program of its own and is run by the tests. */
@NullMarked
package io.pando.recipes.examples;

import org.jspecify.annotations.NullMarked;
