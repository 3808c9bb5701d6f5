/**
 * Recipes under faults, with every client and every server a process of its own: both are killed and stand still, and links are cut among
 * servers and between clients and servers, in both directions or in one.
 *
 * <p>{@link io.pando.test.recipes.faults.Actor Actors} are the client processes. What each does while it holds something it writes into
 * the tree, under the guard of its token; what comes of that is the history that {@link io.pando.test.recipes.faults.Judgement} judges:
 * nobody is in together with another who must not be, numbers of tokens grow in the order of the line, nobody waits in vain, nothing
 * stays behind, and no item is lost or done twice. {@code -Dpando.recipes.rounds=50} does more of it.
 */
@NullMarked
package io.pando.test.recipes.faults;

import org.jspecify.annotations.NullMarked;
