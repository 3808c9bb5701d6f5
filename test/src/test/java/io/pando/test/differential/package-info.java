/**
 * The same seeded sequences of requests, sensible and not, sent in lockstep to two servers, whose answers have to be
 * equal but for the names of zxids and sessions. Where Pando means to differ, {@link
 * io.pando.test.differential.Requests} leaves the request out, and {@code docs/compatibility.md} says why.
 */
@NullMarked
package io.pando.test.differential;

import org.jspecify.annotations.NullMarked;
