/**
 * The broadcast as a pure state machine: {@link io.pando.zab.core.ZabCore} takes an {@link io.pando.zab.core.Event} and answers
 * with {@link io.pando.zab.core.Effect}s. It knows no thread, clock, socket, file or chance of its own, so that the same object
 * runs under real disks and networks and under a simulator.
 */
@NullMarked
package io.pando.zab.core;

import org.jspecify.annotations.NullMarked;
