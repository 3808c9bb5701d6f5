/**
 * What each request means: the rules of reads and writes, in the order in which clients can tell them apart, and the replies.
 * Pure functions of a tree.
 *
 * <p>Source: {@code wire-protocol.md} sections 10, 11, 16 and 19.
 */
@NullMarked
package io.pando.server.request;

import org.jspecify.annotations.NullMarked;
