/**
 * The bytes under the conversation: integers, strings, buffers and vectors as ZooKeeper's clients write them, the two
 * records of the tree that travel ({@code Stat}, {@code ACL}), and the length in front of every frame. Knows no request
 * and no reply; those are in {@code io.pando.session} and write themselves with what is here.
 */
@NullMarked
package io.pando.session.wire;

import org.jspecify.annotations.NullMarked;
