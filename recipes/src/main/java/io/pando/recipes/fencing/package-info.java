/**
 * What is handed out by locks, semaphores and elections: something {@linkplain io.pando.recipes.fencing.Held held}, with a {@linkplain
 * io.pando.recipes.fencing.FencingToken token} by which whoever is asked to act can tell the present holder from a former one.
 *
 * <p>No lock of this kind can promise that its holder acts only while it holds. A process may stand still for any time, in a collection
 * of garbage or because its machine was suspended, between the moment in which it looks whether it still holds the lock and the moment
 * in which what it does takes effect; meanwhile its session ends, another gets the lock, and when the first wakes up it goes on as if
 * nothing had happened. What can be promised is that the tree, and every resource that compares tokens, refuses what comes too late:
 *
 * <ul>
 *   <li>in the tree, {@link io.pando.recipes.fencing.FencingToken#guard guard} makes a transaction succeed only while the token is
 *       current;
 *   <li>elsewhere, the resource remembers the highest number it has seen and refuses lower ones, as {@link
 *       io.pando.recipes.fencing.TokenGate} does.
 * </ul>
 */
@NullMarked
package io.pando.recipes.fencing;

import org.jspecify.annotations.NullMarked;
