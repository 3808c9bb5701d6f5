/**
 * Znodes that clients share while servers fail, and the record of what they asked and were told: {@link io.pando.test.znodes.Znodes} does
 * it and notes it in {@link io.pando.test.znodes.Histories}, a {@link io.pando.test.znodes.Generation} after the other.
 */
@NullMarked
package io.pando.test.znodes;

import org.jspecify.annotations.NullMarked;
