/**
 * The library applications use: it keeps a session with the ensemble across reconnections, and offers reads, writes and
 * watches on it, blocking or not.
 */
@NullMarked
package io.pando.client;

import org.jspecify.annotations.NullMarked;
