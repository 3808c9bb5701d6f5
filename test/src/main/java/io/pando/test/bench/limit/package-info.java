/**
 * What the machine itself can do, measured as servers are: a process that only sends back what it gets, and the disk. {@link
 * io.pando.test.bench.limit.Limits} says which cases those are and what of it no figure of a server can be better than.
 */
@NullMarked
package io.pando.test.bench.limit;

import org.jspecify.annotations.NullMarked;
