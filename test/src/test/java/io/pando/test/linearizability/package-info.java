/**
 * Judges what clients were told: whether all of it could have come from one place that does one thing at a time, in an order that
 * respects who was answered before whom asked. The method is that of Wing and Gong, with Lowe's memory of configurations seen
 * before, key by key (design: simulation.md section 8.2).
 *
 * <p>{@link io.pando.test.linearizability.History} gathers, a {@link io.pando.test.linearizability.Model} says what the one place
 * would answer, {@link io.pando.test.linearizability.Checker} searches for the order.
 */
@NullMarked
package io.pando.test.linearizability;

import org.jspecify.annotations.NullMarked;
