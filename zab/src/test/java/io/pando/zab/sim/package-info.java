/**
 * Whole ensembles in one thread and in virtual time: the production core over a simulated network and simulated disks, with faults
 * drawn from a seed, and everything that must hold checked as it happens (design: simulation.md).
 */
@NullMarked
package io.pando.zab.sim;

import org.jspecify.annotations.NullMarked;
