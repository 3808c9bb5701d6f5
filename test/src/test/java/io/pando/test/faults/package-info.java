/**
 * What an ensemble owes to its clients when servers die, freeze, lose their data or each other. Real processes; Apache's own client
 * and Curator work all the while, and what they were told is judged afterwards (design: simulation.md section 12).
 *
 * <p>{@link io.pando.test.faults.Work} keeps the clients busy and judges; the tests are the faults. Each does a few of them; {@code
 * -Dpando.faults.rounds=50} does more.
 */
@NullMarked
package io.pando.test.faults;

import org.jspecify.annotations.NullMarked;
