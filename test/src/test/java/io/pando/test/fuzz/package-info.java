/**
 * Whatever reads bytes or text from outside, given bytes that nobody in his right mind would send.
 *
 * <p>A {@link io.pando.test.fuzz.Decoder} is one reader with what is promised about it, and a {@link io.pando.test.fuzz.Trial} holds it to that
 * with one input. Inputs come from the kept corpora and from {@link io.pando.test.fuzz.Mutator} in every build, and from Jazzer, which is led by
 * the branches that an input takes, in {@code bin/pando fuzz}.
 */
@NullMarked
package io.pando.test.fuzz;

import org.jspecify.annotations.NullMarked;
