/**
 * What locks, semaphores and elections share: a line of sequential ephemerals, in which everybody waits for the one in front. Internal to
 * the recipes; applications use those.
 *
 * <pre>
 *   OwnNode.create ──▶ Waiting: read the line ──▶ nobody in front ──▶ arrived
 *                         ▲            │
 *                         │            ▼ somebody in front
 *                         └── gone ◀── watched by the read that found it there
 * </pre>
 */
@NullMarked
package io.pando.recipes.line;

import org.jspecify.annotations.NullMarked;
