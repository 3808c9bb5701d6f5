/**
 * The znode tree as an immutable value: applying a transaction to one tree gives the next, which shares all that did
 * not change. Pure functions of their arguments: nothing here owns a thread, reads a clock or opens a file.
 */
@NullMarked
package io.pando.datatree;

import org.jspecify.annotations.NullMarked;
