/**
 * Leader election in two styles: a latch, which tells when one leads, and a selector, which runs a task then. Guide: {@code
 * docs/recipes/leader.md}.
 */
@NullMarked
package io.pando.recipes.leader;

import org.jspecify.annotations.NullMarked;
